"""The data addresses: /api/v1 and its description."""
