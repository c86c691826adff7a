// KPIs
