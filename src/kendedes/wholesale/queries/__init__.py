"""Questions of wholesale."""
