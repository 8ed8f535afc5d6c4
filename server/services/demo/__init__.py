"""The invented network that comes with the product, so that a newcomer can try everything."""
