"""What tests share: the cast of people everybody knows, the runner, real servers for stories."""
