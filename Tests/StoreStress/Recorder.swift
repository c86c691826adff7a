import Foundation

/// The preloaded recorder: compiled on demand, spoken to through its symbols.
enum Recorder {
  /// Compiles the recorder into `directory`; nil without a C compiler.
  static func library(in directory: String) -> String? {
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recorder/recorder.c").path
    let target = directory + "/recorder.so"
    for compiler in ["clang", "cc", "gcc"] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [compiler, "-O2", "-shared", "-fPIC", "-o", target, source, "-ldl", "-lpthread"]
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { continue }
      process.waitUntilExit()
      if process.terminationStatus == 0 { return target }
    }
    return nil
  }

  private static func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(nil, name) }

  static func mark(_ text: String) {
    guard let symbol = symbol("stress_mark") else { return }
    unsafeBitCast(symbol, to: (@convention(c) (UnsafePointer<CChar>) -> Void).self)(text)
  }

  enum Call: Int32, CaseIterable { case write = 1, flush = 2 }

  /// Fails call `number` of its kind from now on; `code` 0 is a short write.
  static func fault(_ call: Call, at number: Int, code: Int32, sticky: Bool) {
    guard let symbol = symbol("stress_fault") else { fatalError("the recorder is not loaded") }
    unsafeBitCast(symbol, to: (@convention(c) (Int32, Int, Int32, Int32) -> Void).self)(
      call.rawValue, number, code, sticky ? 1 : 0)
  }

  static func clear() {
    guard let symbol = symbol("stress_clear") else { fatalError("the recorder is not loaded") }
    unsafeBitCast(symbol, to: (@convention(c) () -> Void).self)()
  }

  static var hasFired: Bool {
    guard let symbol = symbol("stress_fired") else { fatalError("the recorder is not loaded") }
    return unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)() != 0
  }
}
