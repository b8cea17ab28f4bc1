"""Forms of the workspace. They read and check input; rights and rules live in the rooms' actions."""
