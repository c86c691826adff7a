/// Where orders come from.
package struct SalesChannel: Sendable, Hashable {
  package var name: String
  /// Its order numbers begin with these two letters.
  package var prefix: String
  /// Share of the orders, in percent.
  package var weight: Int
  /// Of ten thousand orders, how many are guests'.
  package var guests: Int
  /// How its customers pay; the first the most often.
  package var methods: [String]

  package static let all: [SalesChannel] = [
    SalesChannel(name: "天猫旗舰店", prefix: "TM", weight: 44, guests: 0, methods: ["alipay", "card"]),
    SalesChannel(name: "京东", prefix: "JD", weight: 28, guests: 0, methods: ["jdpay", "wechat"]),
    SalesChannel(name: "web", prefix: "WB", weight: 16, guests: 800, methods: ["wechat", "alipay", "card"]),
    SalesChannel(name: "pos", prefix: "PS", weight: 12, guests: 4_000, methods: ["wechat", "cash", "card"]),
  ]
  static let web = 2
  static let pos = 3
  static let jd = 1
}
