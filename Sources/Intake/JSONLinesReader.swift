/// Reads JSON Lines: one value a line. A line that is no JSON is an outcome of that line, not the end of the file.
///
/// Memory: one window, 256 KiB unless a single line is longer (16 MiB at most), and one value.
package final class JSONLinesReader {
  /// One line that is not blank.
  package struct Line: Sendable {
    /// The value, or what is wrong with the text.
    package var outcome: Result<JSONValue, Fault>
    /// The line's number, counted from 1.
    package var line: Int
    /// The byte of the text at which the line starts, counted from 0.
    package var offset: Int
    /// The text of the line without its end.
    package var raw: ArraySlice<UInt8>
  }

  /// Why a line is no JSON; `byte` counts within the line, from 0.
  package struct Fault: Error, Sendable, Hashable {
    package var byte: Int
    package var reason: String

    package init(byte: Int, reason: String) {
      self.byte = byte
      self.reason = reason
    }
  }

  package let name: String
  private let stream: any ByteStream
  private let depthLimit: Int
  private var window: [UInt8]
  private var position = 0
  private var limit = 0
  private var base = 0
  private var lineNumber = 1
  private var ended = false

  /// - Parameter stream: UTF-8 without byte-order mark, as ``Transcoder`` gives it.
  package init(_ stream: any ByteStream, depthLimit: Int = 64, windowByteCount: Int = ByteSource.bufferByteCount) {
    self.stream = stream
    self.depthLimit = depthLimit
    name = stream.name
    window = [UInt8](repeating: 0, count: windowByteCount)
  }

  /// Bytes taken from the file as it lies on disk so far.
  package var bytesRead: Int { stream.bytesRead }

  /// The next line that is not blank, nil at the end.
  package func next() throws(IntakeError) -> Line? {
    while let range = try nextLine() {
      let number = lineNumber
      lineNumber += 1
      let raw = window[range]
      if raw.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
      let outcome: Result<JSONValue, Fault>
      do throws(JSONParser.Problem) {
        outcome = .success(try JSONParser.value(of: raw, depthLimit: depthLimit))
      } catch {
        outcome = .failure(Fault(byte: error.byte, reason: error.reason))
      }
      return Line(outcome: outcome, line: number, offset: base + range.lowerBound, raw: raw)
    }
    return nil
  }

  /// The range of the next line in the window, without its end; nil at the end of the text.
  private func nextLine() throws(IntakeError) -> Range<Int>? {
    var searched = position
    while true {
      while searched < limit, window[searched] != 10 { searched += 1 }
      if searched < limit {
        var end = searched
        if end > position, window[end - 1] == 13 { end -= 1 }
        let range = position..<end
        position = searched + 1
        return range
      }
      if ended {
        guard position < limit else { return nil }
        let range = position..<limit
        position = limit
        return range
      }
      // Move the unfinished line to the front, or make room for it.
      if position > 0 {
        for index in position..<limit { window[index - position] = window[index] }
        base += position
        searched -= position
        limit -= position
        position = 0
      }
      if window.count - limit < 8 {
        guard window.count < CSVReader.rowLimitByteCount else {
          throw .rowTooLong(path: name, line: lineNumber, limitBytes: CSVReader.rowLimitByteCount)
        }
        window.append(contentsOf: repeatElement(0, count: window.count))
      }
      let count = try stream.read(into: &window, from: limit)
      if count == 0 { ended = true }
      limit += count
    }
  }
}
