// OrderBase
