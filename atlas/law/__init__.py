"""What the law allows on a day: clock, inheritance, regime types, powers."""
