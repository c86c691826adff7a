/// The most units of a SKU that the orders of one channel may hold at a time, reserved or sold in advance.
///
/// Units in kits count for their SKU. What holds more already keeps it; a command that would add to it beyond the cap is
/// refused, or its units wait as for stock.
public struct ChannelCap: Sendable, Hashable {
  public var sku: String
  /// Nil is all locations together.
  public var location: String?
  public var channel: String
  /// At least 0; nil lifts the cap.
  public var units: Int64?
  public var occurredAt: Instant

  public init(sku: String, location: String? = nil, channel: String, units: Int64?, occurredAt: Instant) {
    (self.sku, self.location, self.channel, self.units) = (sku, location, channel, units)
    self.occurredAt = occurredAt
  }
}
