package baton.runtime.tools;

/// The built-in tools as operators look at them.
public record Sales(PriceBook prices, OrderBook orders, Crm crm, HumanQueue humans) {}
