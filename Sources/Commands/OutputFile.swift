/// A result file: written under a temporary name that becomes the final one when all is written.
struct OutputFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isFinished = false

  init(_ path: String) throws {
    self.path = path
    temporary = path + ".part-\(System.processID)"
    do throws(System.Failure) { descriptor = try System.create(temporary) } catch {
      throw OutputFile.failure(path, error)
    }
  }

  deinit {
    System.close(descriptor)
    if !isFinished { System.remove(temporary) }
  }

  func write(_ bytes: [UInt8]) throws {
    do throws(System.Failure) { try System.write(bytes, to: descriptor) } catch {
      throw OutputFile.failure(path, error)
    }
  }

  /// Gives the file its name.
  mutating func finish() throws {
    do throws(System.Failure) { try System.rename(temporary, to: path) } catch {
      throw OutputFile.failure(path, error)
    }
    isFinished = true
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    var file = try OutputFile(path)
    try file.write(bytes)
    try file.finish()
  }

  private static func failure(_ path: String, _ error: System.Failure) -> CommandFailure {
    if error.isDiskFull { return CommandFailure("OB4108", "the disk of '\(path)' is full; the file was not written") }
    return CommandFailure("OB2003", "\(path) cannot be written: \(error.reason)")
  }
}
