"""What the pages of consignment read."""
