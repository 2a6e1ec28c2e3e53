"""A whole report on paper and screens: one view of it (`view`), and one module per kind of file."""
