internal import ArgumentParser
internal import Columns
internal import OrderModel
internal import OrderStore
internal import Reports

/// The commands that change stock outside orders, and those that look ahead and back.
extension InventoryCommand {
  struct Transfer: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send goods to another location.",
      discussion: "They leave at once and are expected there: inventory receive --expected ends the transfer.")
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units.") var quantity: Int64
    @Option(help: "From where.") var from: String
    @Option(help: "To where.") var to: String
    @Option(help: "When they are due there.") var due: String?
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "\(quantity) sent from \(from) to \(to)") {
        .transfer(
          StockTransfer(
            sku: sku, from: from, to: to, quantity: quantity, due: try due.map($0.reading) ?? $0.instant,
            occurredAt: $0.instant))
      }
    }
  }

  struct Expect: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Goods that will arrive.")
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units.") var quantity: Int64
    @Option(help: "Where.") var location: String
    @Option(help: "When they are due.") var due: String
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "\(quantity) expected at \(location)") {
        .expect(
          ExpectedStock(
            sku: sku, location: location, quantity: quantity, due: try $0.reading(due), occurredAt: $0.instant))
      }
    }
  }

  struct Count: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What somebody counted; the newest promises wait where units are missing.")
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units counted.") var counted: Int64
    @Option(help: "Where.") var location: String
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "\(counted) counted at \(location)") {
        .count(
          StockCount(sku: sku, location: location, counted: counted, reason: act.reason, occurredAt: $0.instant))
      }
    }
  }

  struct Block: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Units on hand that cannot be sold: damaged, held, or safety stock.",
      discussion: "A negative quantity, behind --, makes them available again: block SKU-1 held --location A -- -3")
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "damaged, held or safety.") var kind: String
    @Argument(help: "Units, positive or negative.") var quantity: Int64
    @Option(help: "Where.") var location: String
    @OptionGroup var act: ActOptions
    func run() throws {
      guard let found = StockBlock.Kind.allCases.first(where: { $0.name == kind }) else {
        throw CommandFailure("OB1102", "no kind '\(kind)'", hint: "damaged, held or safety")
      }
      try act.submit(sku, "\(quantity) \(kind) at \(location)") {
        .block(
          StockBlock(
            sku: sku, location: location, kind: found, quantity: quantity, reason: act.reason, occurredAt: $0.instant))
      }
    }
  }

  struct Presale: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Units that may be sold before they are there.")
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units more, or fewer when negative.") var quantity: Int64
    @Option(help: "Where.") var location: String
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "presale quota changed by \(quantity) at \(location)") {
        .presale(PresaleQuota(sku: sku, location: location, quantity: quantity, occurredAt: $0.instant))
      }
    }
  }

  struct Claim: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Promise units to somebody who has not ordered yet, until an instant.")
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units.") var quantity: Int64
    @Option(help: "Where.") var location: String
    @Option(help: "Who holds them.") var owner: String
    @Option(help: "Until when.") var expires: String
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "\(quantity) claimed by \(owner) at \(location)") {
        .claim(
          StockClaim(
            sku: sku, location: location, quantity: quantity, owner: owner, expiresAt: try $0.reading(expires),
            occurredAt: $0.instant))
      }
    }
  }

  struct Unclaim: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End what somebody claimed.")
    @Argument(help: "The SKU.") var sku: String
    @Option(help: "Where.") var location: String
    @Option(help: "Who holds them.") var owner: String
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "claim of \(owner) at \(location) ended") {
        .endClaim(ClaimRelease(sku: sku, location: location, owner: owner, occurredAt: $0.instant))
      }
    }
  }

  struct Expire: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let go of every claim that has run out.")
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit("claims", "those that ran out are ended") { .expire(Expiry(asOf: $0.instant)) }
    }
  }

  struct Kit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A SKU that is sold as one and taken from the stock of its components.",
      discussion: "All components of a kit are promised at one location, or none. Its components never change.")
    @Argument(help: "The kit's SKU.") var sku: String
    @Option(name: .customLong("component"), help: "SKU:QUANTITY in one kit, repeatable.") var components: [String]
    @Option(help: "Its name.") var name: String?
    @Option(help: "Its category.") var category: String?
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(sku, "a kit of \(components.joined(separator: ", "))") { _ in
        .registerSKU(
          NewSKU(
            sku: sku, name: name, category: category,
            components: try components.map(StoreAccess.lineQuantity).map {
              KitComponent(sku: $0.sku, quantity: $0.quantity)
            }))
      }
    }
  }

  struct AvailableToPromise: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "atp", abstract: "Units that can be promised by a date.",
      discussion: "Available, and expected by then, less what others wait for; at least 0.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @Argument(help: "SKUs.") var skus: [String]
    @Option(help: "By when; now by default.") var by: String?
    @Option(help: "Of one location; of all of them by default.") var location: String?

    func run() throws {
      let opened = try store.open(readOnly: true)
      let zone = try time.zone(for: opened.settings)
      let instant = try StoreAccess.instant(by, zone: zone)
      let snapshot = try StoreAccess.snapshot(of: opened)
      var table = Table(
        title: "",
        columns: [
          Column("sku", type: .text, isKey: true), Column("location", type: .text, isKey: true),
          Column("by", type: .instant),
          Column("available_to_promise", label: "available to promise", type: .integer, unit: "units"),
        ], rows: [], meta: Metadata(), notes: [])
      do throws(StoreError) {
        for sku in skus {
          guard try snapshot.stock(sku: sku) != nil else { throw StoreError.refused(.unknownSKU(sku)) }
          let units = try snapshot.availableToPromise(sku: sku, location: location, by: instant)
          table.append([
            .text(sku), location.map { .text($0) } ?? .null, .instant(milliseconds: instant.milliseconds),
            .integer(units),
          ])
        }
      } catch { throw CommandFailure(error) }
      try output.write(table, zone: zone)
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every movement of a SKU: the ledger.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @Argument(help: "The SKU.") var sku: String
    @Option(help: "Of one location.") var location: String?

    func run() throws {
      let opened = try store.open(readOnly: true)
      let zone = try time.zone(for: opened.settings)
      let snapshot = try StoreAccess.snapshot(of: opened)
      do throws(StoreError) {
        guard try snapshot.stock(sku: sku) != nil else { throw StoreError.refused(.unknownSKU(sku)) }
      } catch { throw CommandFailure(error) }
      let movements: [StoredMovement]
      do throws(StoreError) { movements = try snapshot.movements(sku: sku, location: location) } catch {
        throw CommandFailure(error)
      }
      try output.write(OrderTables.movements(movements, settings: opened.settings), zone: zone)
    }
  }
}
