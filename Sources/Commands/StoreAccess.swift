internal import Calendars
internal import Intake
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// What commands do with a store: its errors become theirs.
enum StoreAccess {
  static func snapshot(of store: OrderStore) throws -> OrderSnapshot {
    do throws(StoreError) { return try store.snapshot() } catch { throw CommandFailure(error) }
  }

  /// Submits one command and closes the store; or, in a dry run, says what it would do and leaves the store as it is.
  ///
  /// - Returns: The receipt; nil when nothing was submitted.
  static func submit(
    _ command: Command, key: String? = nil, ifVersion: UInt64? = nil, to store: OrderStore, dryRun: DryRunOption
  ) throws -> Receipt? {
    do throws(StoreError) {
      if dryRun.isOn {
        DryRunOption.tell(try store.rehearse(command, idempotencyKey: key, ifVersion: ifVersion))
        return nil
      }
      let receipt = try store.submit(command, idempotencyKey: key, ifVersion: ifVersion)
      try store.close()
      return receipt
    } catch { throw CommandFailure(error) }
  }

  static func order(_ number: String, channel: String?, in snapshot: OrderSnapshot) throws -> StoredOrder {
    do throws(StoreError) {
      let found = try snapshot.orders(number: number, channel: channel)
      guard let first = found.first, let order = try snapshot.order(first) else {
        throw StoreError.refused(.unknownOrder(number))
      }
      if found.count > 1 { throw StoreError.refused(.ambiguousOrder(number)) }
      return order
    } catch { throw CommandFailure(error) }
  }

  /// Arguments, with `-` replaced by the lines of standard input.
  static func expanded(_ arguments: [String]) -> [String] {
    arguments.flatMap { argument in
      if argument != "-" { return [argument] }
      var lines: [String] = []
      while let line = readLine() { if !line.isEmpty { lines.append(line) } }
      return lines
    }
  }

  /// An instant or a date in the zone; now without a text.
  static func instant(_ text: String?, zone: TimeZoneRules) throws -> Instant {
    guard let text else { return Instant(milliseconds: Invocation.current.now) }
    do throws(QueryError) {
      let context = PeriodContext(zone: zone, asOf: Invocation.current.now)
      return Instant(milliseconds: try InstantText(text).resolve(in: context))
    } catch { throw CommandFailure(error, in: text) }
  }

  /// RFC 3339 in UTC.
  static func text(of instant: Instant) -> String { RFC3339.string(instant.milliseconds) }

  static func amount(_ text: String, scale: Int) throws -> Int64 {
    do throws(DecimalText.Problem) {
      return try DecimalText(scale: scale).minorUnits(Array(text.utf8).span)
    } catch {
      throw CommandFailure("OB1102", "amount '\(text)' cannot be read", hint: "at most \(scale) decimal places: 12.50")
    }
  }

  /// Reads `SKU:QUANTITY:PRICE`, with `@LOCATION` behind it when the source says where it is to come from.
  static func line(_ text: String, scale: Int) throws -> NewLine {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let quantity = Int64(parts[1]) else {
      throw CommandFailure("OB1102", "line '\(text)' cannot be read", hint: "write it as SKU-1:2:12.50")
    }
    return NewLine(
      sku: String(parts[0]), quantity: quantity, unitPriceMinorUnits: try amount(String(parts[2]), scale: scale),
      location: halves.count > 1 ? String(halves[1]) : nil)
  }

  static func lineQuantity(_ text: String) throws -> LineQuantity {
    guard let colon = text.lastIndex(of: ":"), let quantity = Int64(text[text.index(after: colon)...]) else {
      throw CommandFailure("OB1102", "line '\(text)' cannot be read", hint: "write it as SKU-1:2")
    }
    return LineQuantity(sku: String(text[..<colon]), quantity: quantity)
  }
}
