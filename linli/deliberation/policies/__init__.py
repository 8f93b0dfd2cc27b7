"""Who may do what when people talk together. Pure: everything needed is handed in; the default is no."""
