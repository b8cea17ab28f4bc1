"""The actions as their coordinators look at them every day: one filter, four views, cells that can be edited and pasted."""
