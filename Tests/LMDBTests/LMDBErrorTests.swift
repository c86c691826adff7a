import Glibc
import LMDB
import Testing

struct LMDBErrorTests {
  static let codes: [ErrorCode] = [
    .keyExists, .notFound, .pageNotFound, .corrupted, .panic, .versionMismatch, .invalid, .mapFull, .databasesFull,
    .readersFull, .threadKeysFull, .transactionFull, .cursorFull, .pageFull, .mapResized, .incompatible,
    .badReaderSlot, .badTransaction, .badValueSize, .badDatabase, .noEntry, .inputOutput, .tryAgain, .noMemory,
    .accessDenied, .busy, .fileExists, .invalidArgument, .noSpace, .readOnlyFileSystem, .deadlock, .forkedChild,
    .lockFileReplaced, .alreadyOpenDifferently, .reservedNotFilled, .remoteFileSystem,
  ]

  @Test(arguments: codes) func `an error reads as one line that starts with what was tried`(code: ErrorCode) {
    let text = LMDBError(code, during: "open a.orders").description
    #expect(text.hasPrefix("cannot open a.orders: "))
    #expect(!text.contains("\n") && !text.contains("Unknown error"))
    #expect(text.count > "cannot open a.orders: ".count)
  }

  @Test func `the engine's codes are those of its header, and none is missing`() {
    #expect(Set(Self.codes.map(\.rawValue).filter { (-30_799 ... -30_780).contains($0) }).count == 20)
    #expect(Set(Self.codes).count == Self.codes.count)
    #expect(ErrorCode.mapFull.rawValue == -30_792)
    #expect(ErrorCode.noSpace.rawValue == ENOSPC)
  }

  @Test func `a code without a name still says something`() {
    #expect(
      LMDBError(ErrorCode(rawValue: EXDEV), during: "rename").description == "cannot rename: Invalid cross-device link")
  }
}
