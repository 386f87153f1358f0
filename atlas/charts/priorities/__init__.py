"""Two regimes over the triangle of priorities."""
