"""The page of actions in its four views."""
