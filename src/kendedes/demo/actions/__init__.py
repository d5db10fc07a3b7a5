"""Building the demonstration by the same deeds people do, with their dates behind them."""

from kendedes.demo.actions.build import Built, build

__all__ = ["Built", "build"]
