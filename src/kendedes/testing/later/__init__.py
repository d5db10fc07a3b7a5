"""A folder for the path: what lies in it makes a process believe that it is another day."""
