import Foundation

/// What the recorder wrote down of one process.
struct Trace {
  enum Record {
    /// - Parameter isDurable: On the disk once it returned.
    case write(offset: Int, bytes: Range<Int>, isDurable: Bool)
    case flush
    case mark(String)
    case truncate(Int)
    case failedFlush
  }

  let records: [Record]
  /// The trace file; writes are ranges of it.
  let data: [UInt8]

  init(path: String) throws {
    let data = Array(try Data(contentsOf: URL(filePath: path)))
    var records: [Record] = []
    var position = 0
    func number<Value: FixedWidthInteger>(_ type: Value.Type) -> Int {
      let value = data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Value.self) }
      position += MemoryLayout<Value>.size
      return Int(value)
    }
    while position + 24 <= data.count {
      let kind = number(UInt32.self)
      let flags = number(UInt32.self)
      let offset = number(UInt64.self)
      let count = number(UInt64.self)
      let bytes = position..<(position + count)
      position += count
      switch kind {
      case 1: records.append(.write(offset: offset, bytes: bytes, isDurable: flags & 1 != 0))
      case 2: records.append(.flush)
      case 3: records.append(.mark(String(decoding: data[bytes], as: UTF8.self)))
      case 4: records.append(.truncate(offset))
      case 5: records.append(.failedFlush)
      default: throw Violation("trace", "record kind \(kind)")
      }
    }
    (self.data, self.records) = (data, records)
  }
}

extension Trace {
  var hasFailedFlush: Bool { records.contains { if case .failedFlush = $0 { true } else { false } } }
}

/// A file as the system and as the disk have it, at one moment of a trace.
struct DiskState {
  static let pageSize = 4_096

  /// What a process would read.
  private(set) var cached: [UInt8] = []
  /// What is surely on the disk.
  private(set) var durable: [UInt8] = []
  /// Pages written since they were last surely on the disk: what each held after every write, oldest first.
  private(set) var pending: [Int: [[UInt8]]] = [:]
  /// Pending pages that the system believes to be on the disk since a flush of them failed: no later one writes them.
  private var forgotten: Set<Int> = []

  /// - Parameter isInFlight: The power is lost during this call: nothing it does is sure.
  mutating func apply(_ record: Trace.Record, of trace: Trace, isInFlight: Bool = false) {
    switch record {
    case .mark: break
    case .truncate(let size):
      if size > cached.count { grow(&cached, to: size) } else { cached.removeSubrange(size...) }
    case .flush:
      if isInFlight { return }
      let before = durable
      durable = cached
      for page in forgotten {
        // Zeros where the disk had nothing.
        let extent = page * Self.pageSize..<min((page + 1) * Self.pageSize, cached.count)
        let known = min(max(before.count - extent.lowerBound, 0), extent.count)
        durable.replaceSubrange(
          extent,
          with: before[min(extent.lowerBound, before.count)..<min(extent.lowerBound, before.count) + known]
            + [UInt8](repeating: 0, count: extent.count - known))
      }
      if forgotten.isEmpty {
        pending.removeAll(keepingCapacity: true)
      } else {
        pending = pending.filter { forgotten.contains($0.key) }
      }
    case .failedFlush:
      if !isInFlight { forgotten.formUnion(pending.keys) }
    case .write(let offset, let bytes, let isDurable):
      grow(&cached, to: offset + bytes.count)
      // Copied as memory: the budget is hundreds of images a second in a debug build.
      cached.withUnsafeMutableBytes { target in
        trace.data.withUnsafeBytes { source in
          target.baseAddress!.advanced(by: offset).copyMemory(
            from: source.baseAddress!.advanced(by: bytes.lowerBound), byteCount: bytes.count)
        }
      }
      let pages = (offset / Self.pageSize)...((offset + bytes.count - 1) / Self.pageSize)
      for page in pages {
        let extent = page * Self.pageSize..<min((page + 1) * Self.pageSize, cached.count)
        forgotten.remove(page)
        if isDurable, !isInFlight {
          grow(&durable, to: extent.upperBound)
          durable.replaceSubrange(extent, with: cached[extent])
          pending[page] = nil
        } else {
          pending[page, default: []].append(Array(cached[extent]))
        }
      }
    }
  }

  private func grow(_ bytes: inout [UInt8], to count: Int) {
    if count > bytes.count { bytes += [UInt8](repeating: 0, count: count - bytes.count) }
  }

  /// What may be on the disk when the power is lost now: for each pending page, in ascending order, the number of writes
  /// to it that got there; with `torn`, sectors of the last of them only in part.
  func image(kept: [Int], torn: [UInt8], isLong: Bool) -> [UInt8] {
    var image = durable
    if isLong { grow(&image, to: cached.count) }
    for (index, page) in pendingPages.enumerated() where kept[index] > 0 {
      let versions = pending[page]!
      let bytes = versions[kept[index] - 1]
      let start = page * Self.pageSize
      grow(&image, to: start + bytes.count)
      if torn[index] == 0 {
        image.replaceSubrange(start..<start + bytes.count, with: bytes)
        continue
      }
      // What lies below the last write that got there: the one before it, or what the disk had.
      if kept[index] > 1 {
        let below = versions[kept[index] - 2]
        image.replaceSubrange(start..<start + below.count, with: below)
      }
      for sector in 0..<8 where torn[index] & (1 << UInt8(sector)) == 0 {
        let extent = sector * 512..<min((sector + 1) * 512, bytes.count)
        if extent.isEmpty { continue }
        image.replaceSubrange(start + extent.lowerBound..<start + extent.upperBound, with: bytes[extent])
      }
    }
    return image
  }

  var pendingPages: [Int] { pending.keys.sorted() }
}
