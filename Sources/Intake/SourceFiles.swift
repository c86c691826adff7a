/// Finds the files of a mapping among the paths that a person named.
enum SourceFiles {
  /// The path of the file called `name`, with or without `.gz` or `.zst`: one of `paths` itself (a rejects file stands
  /// for the file it came from), or in one of the directories among them.
  static func path(of name: String, in paths: [String]) throws(IntakeError) -> String {
    for path in paths where !FileDescriptor.isDirectory(path) && original(path) == name { return path }
    for directory in paths where FileDescriptor.isDirectory(directory) {
      for suffix in ["", ".gz", ".zst"] {
        let path = directory + (directory.hasSuffix("/") ? "" : "/") + name + suffix
        if FileDescriptor.exists(path) { return path }
      }
    }
    throw .missing(path: (paths.first { FileDescriptor.isDirectory($0) } ?? ".") + "/" + name)
  }

  /// The name of the file that a path stands for.
  private static func original(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [".gz", ".zst"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    if let range = name.firstRange(of: ".rejects.") { name.replaceSubrange(range, with: ".") }
    return name
  }
}
