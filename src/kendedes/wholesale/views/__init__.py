"""Windows of wholesale: buyers' and makers' links, the office."""
