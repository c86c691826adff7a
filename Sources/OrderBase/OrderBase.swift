// The umbrella: `import OrderBase` brings the model, the store, the key figures and what computes them.
@_exported public import Analytics
@_exported public import KPIs
@_exported public import OrderModel
@_exported public import OrderRules
@_exported public import OrderStore
@_exported public import QueryLanguage
