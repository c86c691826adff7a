internal import ArgumentParser
internal import OrderModel
internal import OrderStore

extension OrderCommand {
  /// T04, for every order that is due.
  struct Expire: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End orders that were not paid in time, and free what they hold.",
      discussion: """
        Each ends at the instant when its time was over, however late this is called. Orders that another system runs are \
        left alone.
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @Option(name: .customLong("unpaid-after"), help: "Hours an order may stay unpaid.") var hours: Int64 = 24
    @Option(help: "Only orders of this channel.") var channel: String?
    @Option(name: .customLong("as-of"), help: "Judge at this instant; now by default.") var asOf: String?

    func run() throws {
      guard hours >= 0, hours < 1_000_000 else {
        throw CommandFailure("OB1102", "\(hours) hours are not possible", hint: "a number of hours from 0")
      }
      let opened = try store.open(readOnly: false)
      let zone = try time.zone(for: opened.settings)
      let asOf = try StoreAccess.instant(asOf, zone: zone)
      let limit = hours * 3_600_000
      var due: [Submission] = []
      do throws(StoreError) {
        try opened.snapshot().forEachOpenOrder(
          asOf: asOf,
          where: { !$0.isPaid && $0.node < .released && $0.placedAt.milliseconds + limit < asOf.milliseconds }
        ) { order in
          let end = Instant(milliseconds: order.placedAt.milliseconds + limit)
          guard !order.isObserved, channel == nil || order.channel == channel else {
            return
          }
          due.append(
            Submission(
              .record(
                StatusEvent(
                  order: .id(order.id), node: .expired, occurredAt: end, actor: "system:expiry", reason: "unpaid"))))
        }
        // Somebody may pay meanwhile: such orders refuse to end, and rightly.
        let ended = try opened.submit(due).filter { (try? $0.get())?.outcome == .updated }.count
        try opened.close()
        Invocation.current.write("\(ended) orders expired\n")
      } catch { throw CommandFailure(error) }
    }
  }
}
