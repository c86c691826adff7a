import Foundation

/// Texts and the rows that Python's `csv.reader` (3.11, `newline=""`) makes of them, rows without a field left out.
struct PythonCSVCase: Decodable, Sendable {
  let text: String
  let rows: [[String]]

  static let all: [PythonCSVCase] = lines.split(separator: "\n").map { line in
    try! JSONDecoder().decode(PythonCSVCase.self, from: Data(line.utf8))
  }

  private static let lines = #"""
    {"text": "", "rows": []}
    {"text": "\n", "rows": []}
    {"text": "\r\n", "rows": []}
    {"text": "a", "rows": [["a"]]}
    {"text": "a\n", "rows": [["a"]]}
    {"text": "a,b\n", "rows": [["a", "b"]]}
    {"text": "\"a\"", "rows": [["a"]]}
    {"text": "\"a\"\"b\"\n", "rows": [["a\"b"]]}
    {"text": "\"a\nb\",c\n", "rows": [["a\nb", "c"]]}
    {"text": "\"a\r\nb\"\r\nc", "rows": [["a\r\nb"], ["c"]]}
    {"text": "a\"b,c\"d\n", "rows": [["a\"b", "c\"d"]]}
    {"text": "\"a\"b,c\n", "rows": [["ab", "c"]]}
    {"text": "\"a\" ,b\n", "rows": [["a ", "b"]]}
    {"text": " \"a\",b\n", "rows": [[" \"a\"", "b"]]}
    {"text": ",\n", "rows": [["", ""]]}
    {"text": ",,\n", "rows": [["", "", ""]]}
    {"text": "\"\"\n", "rows": [[""]]}
    {"text": "\"\",\"\"\n", "rows": [["", ""]]}
    {"text": "\"\"\"\",x\n", "rows": [["\"", "x"]]}
    {"text": "\"a,b\"\n", "rows": [["a,b"]]}
    {"text": "a\rb\n", "rows": [["a"], ["b"]]}
    {"text": "a\r\nb\rc\n", "rows": [["a"], ["b"], ["c"]]}
    {"text": "\n\na\n\n", "rows": [["a"]]}
    {"text": "\"abc", "rows": [["abc"]]}
    {"text": "\"ab\"\"", "rows": [["ab\""]]}
    {"text": "\"ab\"\"\"", "rows": [["ab\""]]}
    {"text": "x,\"un\nclosed", "rows": [["x", "un\nclosed"]]}
    {"text": "\"a\"\",b\n", "rows": [["a\",b\n"]]}
    {"text": "\"a\"\"\"b\n", "rows": [["a\"b"]]}
    {"text": "é,\"東,京\"\n", "rows": [["é", "東,京"]]}
    {"text": "aa\"\n\"b\",,b\n", "rows": [["aa\""], ["b", "", "b"]]}
    {"text": "\nba\ra\n\nab\r\",a", "rows": [["ba"], ["a"], ["ab"], [",a"]]}
    {"text": "\",\",aa\",\n\"b,", "rows": [[",", "aa\"", ""], ["b,"]]}
    {"text": "b,\n\r,,", "rows": [["b", ""], ["", "", ""]]}
    {"text": "b\n,a,aba,\n", "rows": [["b"], ["", "a", "aba", ""]]}
    {"text": ",,,\"\"\"\",b,\nb\n", "rows": [["", "", "", "\"", "b", ""], ["b"]]}
    {"text": "b\n", "rows": [["b"]]}
    {"text": ",b\"a,b\",,,a", "rows": [["", "b\"a", "b\"", "", "", "a"]]}
    {"text": "\"\naa\"b\n,", "rows": [["\naab"], ["", ""]]}
    {"text": "b\r\"\r,a,\"\",\n", "rows": [["b"], ["\r,a,\",\n"]]}
    {"text": "aaab\n,b\r\"\n", "rows": [["aaab"], ["", "b"], ["\n"]]}
    {"text": "ba", "rows": [["ba"]]}
    {"text": "\r\"\"b\"", "rows": [["b\""]]}
    {"text": "\",b,", "rows": [[",b,"]]}
    {"text": "a,\na\"", "rows": [["a", ""], ["a\""]]}
    {"text": "\"\r\ra\rb\rb\rb", "rows": [["\r\ra\rb\rb\rb"]]}
    {"text": "\"ba\r\nb\ra\r", "rows": [["ba\r\nb\ra\r"]]}
    {"text": "\"\",\n,ba,\n\n,", "rows": [["", ""], ["", "ba", ""], ["", ""]]}
    {"text": "\rba\"\rb\"a\"a\r,\n", "rows": [["ba\""], ["b\"a\"a"], ["", ""]]}
    {"text": ",\"\"\nbb\nabb", "rows": [["", ""], ["bb"], ["abb"]]}
    {"text": "\n\"\nb\",,,\"\n\n\n\"\"", "rows": [["\nb", "", "", "\n\n\n\""]]}
    {"text": "b\"\"a\n", "rows": [["b\"\"a"]]}
    {"text": ",,\"\r\rb,\"", "rows": [["", "", "\r\rb,"]]}
    {"text": "\n,\r\r\r\ra\r,", "rows": [["", ""], ["a"], ["", ""]]}
    {"text": ",\na\"\",,\",\nb", "rows": [["", ""], ["a\"\"", "", ",\nb"]]}
    {"text": "\r\ra\"\nb", "rows": [["a\""], ["b"]]}
    {"text": ",,,\"\r,", "rows": [["", "", "", "\r,"]]}
    {"text": "\n\r,", "rows": [["", ""]]}
    {"text": "\"\"b,a\",a\"\",", "rows": [["b", "a\"", "a\"\"", ""]]}
    {"text": ",\"\"a\"b,b", "rows": [["", "a\"b", "b"]]}
    {"text": "\"\"\"\"\",\",,\"\nb", "rows": [["\"\",", "", "\nb"]]}
    {"text": ",b\"a\n\"", "rows": [["", "b\"a"], [""]]}
    {"text": "a\n\na\",\ra\",\n,bb", "rows": [["a"], ["a\"", ""], ["a\"", ""], ["", "bb"]]}
    {"text": ",\rb\"\n", "rows": [["", ""], ["b\""]]}
    {"text": ",\",,,", "rows": [["", ",,,"]]}
    {"text": "\ra\r\"", "rows": [["a"], [""]]}
    {"text": "b\"\"\n,,\"b,\"", "rows": [["b\"\""], ["", "", "b,"]]}
    {"text": ",\"\"a,,\r\n\"\"b", "rows": [["", "a", "", ""], ["b"]]}
    {"text": "\"\",,", "rows": [["", "", ""]]}
    {"text": ",bb\n\n\",a\na\n,", "rows": [["", "bb"], [",a\na\n,"]]}
    {"text": "b", "rows": [["b"]]}
    {"text": ",b\"\rb,a,\r\"\",a", "rows": [["", "b\""], ["b", "a", ""], ["", "a"]]}
    {"text": "ba,b\"\"", "rows": [["ba", "b\"\""]]}
    {"text": "\"bba\",\ra\r\"\n", "rows": [["bba", ""], ["a"], ["\n"]]}
    {"text": "\r", "rows": []}
    {"text": ",\n\"aa\ra", "rows": [["", ""], ["aa\ra"]]}
    {"text": "a,\"a\"\rabb\n,b", "rows": [["a", "a"], ["abb"], ["", "b"]]}
    {"text": "\"\n,b,ab\n\r,\"\n\r", "rows": [["\n,b,ab\n\r,"]]}
    {"text": "a\n\r\na\"\rb,", "rows": [["a"], ["a\""], ["b", ""]]}
    {"text": "\r\"\ra\rb\"\na,\ra\rb", "rows": [["\ra\rb"], ["a", ""], ["a"], ["b"]]}
    {"text": "\r\n,a,,", "rows": [["", "a", "", ""]]}
    {"text": "ba\r\r\"", "rows": [["ba"], [""]]}
    {"text": "\"\na,aa,", "rows": [["\na,aa,"]]}
    {"text": ",\n\"", "rows": [["", ""], [""]]}
    {"text": "bb\na,\nb,", "rows": [["bb"], ["a", ""], ["b", ""]]}
    {"text": "aa\"bbaa,,b", "rows": [["aa\"bbaa", "", "b"]]}
    {"text": "\nb\"\n\r", "rows": [["b\""]]}
    {"text": "\"\n\"bbba\n,", "rows": [["\nbbba"], ["", ""]]}
    {"text": "\"\"aaa\n\rb,\"a\",b", "rows": [["aaa"], ["b", "a", "b"]]}
    {"text": "a\r\"b\r,ba,\r\"\r", "rows": [["a"], ["b\r,ba,\r"]]}
    {"text": ",\n\nb,\n\nbbb\r", "rows": [["", ""], ["b", ""], ["bbb"]]}
    {"text": ",\"\",bb,,", "rows": [["", "", "bb", "", ""]]}
    {"text": ",", "rows": [["", ""]]}
    {"text": "\"", "rows": [[""]]}
    {"text": "b\r\na\"", "rows": [["b"], ["a\""]]}
    {"text": "b\n,b", "rows": [["b"], ["", "b"]]}
    {"text": "bb\n\n\"\n\n", "rows": [["bb"], ["\n\n"]]}
    {"text": ",b", "rows": [["", "b"]]}
    {"text": "a,,a\",\"\n", "rows": [["a", "", "a\"", "\n"]]}
    {"text": "a\",aa\n,a", "rows": [["a\"", "aa"], ["", "a"]]}
    {"text": "\"\rb\r,,,\nb\"", "rows": [["\rb\r,,,\nb"]]}
    {"text": ",\r", "rows": [["", ""]]}
    {"text": ",,a\"\n,,\"a\"\"", "rows": [["", "", "a\""], ["", "", "a\""]]}
    {"text": "\n\r,aa\ra\",a", "rows": [["", "aa"], ["a\"", "a"]]}
    {"text": "\naba", "rows": [["aba"]]}
    {"text": "\n\r\",\r\",\"b\r\"", "rows": [[",\r", "b\r"]]}
    {"text": ",,b\n\r", "rows": [["", "", "b"]]}
    {"text": "a\nb\"a,,\n,", "rows": [["a"], ["b\"a", "", ""], ["", ""]]}
    {"text": "\n\n", "rows": []}
    {"text": "\n,\rab\r\r,\r\r", "rows": [["", ""], ["ab"], ["", ""]]}
    {"text": ",\"\n,a", "rows": [["", "\n,a"]]}
    {"text": "\ra\ra\r\r,\",\r\ra,\n", "rows": [["a"], ["a"], ["", ",\r\ra,\n"]]}
    {"text": "aa,\"\n\n,\",,", "rows": [["aa", "\n\n,", "", ""]]}
    {"text": ",\",\n\"\"\n,", "rows": [["", ",\n\"\n,"]]}
    {"text": "\"b\"\n\n\r\ra\"b", "rows": [["b"], ["a\"b"]]}
    {"text": "a\n\"\n,,", "rows": [["a"], ["\n,,"]]}
    {"text": "\n\"\n\n\r\"\"a\rbba\rb", "rows": [["\n\n\r\"a\rbba\rb"]]}
    {"text": "\nb\ra\rb\rb", "rows": [["b"], ["a"], ["b"], ["b"]]}
    {"text": "a\"b\nba\r\r", "rows": [["a\"b"], ["ba"]]}
    {"text": "\"\"\",,\"b\n,b\n", "rows": [["\",,b"], ["", "b"]]}
    {"text": "aba\n,,\r\naa", "rows": [["aba"], ["", "", ""], ["aa"]]}
    {"text": "ab\ra,\",\",\nb\n\r", "rows": [["ab"], ["a", ",", ""], ["b"]]}
    {"text": ",,,,\"a,", "rows": [["", "", "", "", "a,"]]}
    {"text": "aab\"\"\n\"b,,ab\na", "rows": [["aab\"\""], ["b,,ab\na"]]}
    {"text": "\rb,b\"\"a\n", "rows": [["b", "b\"\"a"]]}
    {"text": "a,a\"", "rows": [["a", "a\""]]}
    {"text": "\",\na\n\nb\"a,", "rows": [[",\na\n\nba", ""]]}
    {"text": "\n,\n\na,a\n\n,,\"\"", "rows": [["", ""], ["a", "a"], ["", "", ""]]}
    {"text": "abb,\n", "rows": [["abb", ""]]}
    {"text": "\",a,\n\"\"", "rows": [[",a,\n\""]]}
    {"text": "\rb", "rows": [["b"]]}
    {"text": "a\rb", "rows": [["a"], ["b"]]}
    {"text": "\ra,,", "rows": [["a", "", ""]]}
    {"text": ",aa\"a\"b\r,\nbb", "rows": [["", "aa\"a\"b"], ["", ""], ["bb"]]}
    {"text": "\r\raa\r,a\"b\"\"\r", "rows": [["aa"], ["", "a\"b\"\""]]}
    {"text": "a\n,\nba\"\"", "rows": [["a"], ["", ""], ["ba\"\""]]}
    {"text": "\"\r", "rows": [["\r"]]}
    {"text": ",,", "rows": [["", "", ""]]}
    {"text": "\"a,", "rows": [["a,"]]}
    {"text": "\"\",\"\"\"\n\"b", "rows": [["", "\"\nb"]]}
    {"text": "bb,\r,a\"a\n,b,\"", "rows": [["bb", ""], ["", "a\"a"], ["", "b", ""]]}
    {"text": "b\"aba", "rows": [["b\"aba"]]}
    {"text": "a\n,\n\r\r,a", "rows": [["a"], ["", ""], ["", "a"]]}
    {"text": "\r\"\r\n,b", "rows": [["\r\n,b"]]}
    {"text": "\"\"\n\"\n,,\n,b", "rows": [[""], ["\n,,\n,b"]]}
    {"text": ",bb,a", "rows": [["", "bb", "a"]]}
    {"text": "ba\rabaab\n\n", "rows": [["ba"], ["abaab"]]}
    {"text": ",\"\n,\r,\n,\n\r,b", "rows": [["", "\n,\r,\n,\n\r,b"]]}
    {"text": "bb\"b\n\"\r,,a\r,\n\n", "rows": [["bb\"b"], ["\r,,a\r,\n\n"]]}
    {"text": "\r\n\n\n\n,\"\"a,b,\"", "rows": [["", "a", "b", ""]]}
    {"text": "abb,a\r,a\n\n\r", "rows": [["abb", "a"], ["", "a"]]}
    {"text": "\"bb,,\r,\r,\n,,\n\"", "rows": [["bb,,\r,\r,\n,,\n"]]}
    {"text": ",\"b\n,", "rows": [["", "b\n,"]]}
    {"text": ",\"b\",b\",\n\na", "rows": [["", "b", "b\"", ""], ["a"]]}
    {"text": ",aaaba,b\n", "rows": [["", "aaaba", "b"]]}
    {"text": ",,a,a", "rows": [["", "", "a", "a"]]}
    {"text": "\rb,,\"\n\r\n\n,\"\"a\r", "rows": [["b", "", "\n\r\n\n,\"a\r"]]}
    {"text": "bab\n\r,\"\r\nb\n\n", "rows": [["bab"], ["", "\r\nb\n\n"]]}
    {"text": "ba\n,", "rows": [["ba"], ["", ""]]}
    {"text": "\n\",a\n\"\r,", "rows": [[",a\n"], ["", ""]]}
    {"text": "\",,a\",,\"\",\"\",", "rows": [[",,a", "", "", "", ""]]}
    {"text": "b,,a\n,a\nb,", "rows": [["b", "", "a"], ["", "a"], ["b", ""]]}
    {"text": "\r\n\rb\n,,\na", "rows": [["b"], ["", "", ""], ["a"]]}
    {"text": ",,\n\raaa\n,\n\r", "rows": [["", "", ""], ["aaa"], ["", ""]]}
    {"text": "abb\n,\"\r,\n", "rows": [["abb"], ["", "\r,\n"]]}
    {"text": ",a\n\n\"\"\"\"\"", "rows": [["", "a"], ["\"\""]]}
    {"text": "ab\ra\r\",", "rows": [["ab"], ["a"], [","]]}
    {"text": "\ra,\n", "rows": [["a", ""]]}
    {"text": "\r\"\"\nb\n", "rows": [[""], ["b"]]}
    {"text": "\"b\"b,a,\n,\nb,", "rows": [["bb", "a", ""], ["", ""], ["b", ""]]}
    {"text": "ab\nbbb\n", "rows": [["ab"], ["bbb"]]}
    {"text": "\"\"b,\",,,\"b\",ba", "rows": [["b", ",,,b\"", "ba"]]}
    {"text": "\"a\"a,\nba,", "rows": [["aa", ""], ["ba", ""]]}
    {"text": "\r\n\"", "rows": [[""]]}
    {"text": "\n\r\"\r\r\"\r\n", "rows": [["\r\r"]]}
    {"text": ",\"\"\"\n\"a\"", "rows": [["", "\"\na\""]]}
    {"text": "\"\na,\n,", "rows": [["\na,\n,"]]}
    {"text": "b\"a,,\n,\raa\"baa", "rows": [["b\"a", "", ""], ["", ""], ["aa\"baa"]]}
    {"text": "a,b", "rows": [["a", "b"]]}
    {"text": "\"\n\"a", "rows": [["\na"]]}
    {"text": ",a,\"b,\"\n\"\",", "rows": [["", "a", "b,"], ["", ""]]}
    {"text": "\"\n,,,b\",b\"\"b\"", "rows": [["\n,,,b", "b\"\"b\""]]}
    {"text": "b\n,\ra,", "rows": [["b"], ["", ""], ["a", ""]]}
    {"text": "\"\n\"\"\",,\n", "rows": [["\n\"", "", ""]]}
    {"text": "\r,,\rbb\rbbb\",", "rows": [["", "", ""], ["bb"], ["bbb\"", ""]]}
    {"text": "\na,", "rows": [["a", ""]]}
    {"text": "\ra\"a\"\"\"\n\n\na\"\n,", "rows": [["a\"a\"\"\""], ["a\""], ["", ""]]}
    {"text": "a,\nb\rab\r", "rows": [["a", ""], ["b"], ["ab"]]}
    {"text": "\"a\rbab\n,b,,bb", "rows": [["a\rbab\n,b,,bb"]]}
    {"text": "\ra\n\n,b\rb\n\r\"\r", "rows": [["a"], ["", "b"], ["b"], ["\r"]]}
    {"text": "\n\r\r\r\n\n\",", "rows": [[","]]}
    {"text": ",bb,\rba", "rows": [["", "bb", ""], ["ba"]]}
    {"text": "\n,\"", "rows": [["", ""]]}
    {"text": "a\r\r\n\",\",a\"b", "rows": [["a"], [",", "a\"b"]]}
    {"text": "ba\rb\"b\n\"bb", "rows": [["ba"], ["b\"b"], ["bb"]]}
    {"text": "\rb\"\n", "rows": [["b\""]]}
    {"text": ",\n\"a,b\"a\"\"", "rows": [["", ""], ["a,ba\"\""]]}
    {"text": "a\n\",a\na,\r\nb\",,", "rows": [["a"], [",a\na,\r\nb", "", ""]]}
    {"text": ",aaa\n", "rows": [["", "aaa"]]}
    {"text": "b,\n,,\na", "rows": [["b", ""], ["", "", ""], ["a"]]}
    {"text": "\na\r,\r\"a\"b,b", "rows": [["a"], ["", ""], ["ab", "b"]]}
    {"text": "\"\n", "rows": [["\n"]]}
    {"text": "bb\"bb", "rows": [["bb\"bb"]]}
    {"text": "\"\r,b,b,\n", "rows": [["\r,b,b,\n"]]}
    {"text": "\"aa\"\",a,,b,a\"", "rows": [["aa\",a,,b,a"]]}
    {"text": "b\"\",", "rows": [["b\"\"", ""]]}
    {"text": ",\n\n\"b,\",\"b,", "rows": [["", ""], ["b,", "b,"]]}
    {"text": ",a\r\nb\"a\"ba,a\"", "rows": [["", "a"], ["b\"a\"ba", "a\""]]}
    {"text": "a\n\na\n\r", "rows": [["a"], ["a"]]}
    {"text": "\"\r,\"\n,", "rows": [["\r,"], ["", ""]]}
    {"text": "\n\"b", "rows": [["b"]]}
    {"text": "\naab,", "rows": [["aab", ""]]}
    {"text": "\na,,a\"b\r\"a", "rows": [["a", "", "a\"b"], ["a"]]}
    {"text": "ba\n", "rows": [["ba"]]}
    {"text": ",b\r\n,\n\n\nb\r", "rows": [["", "b"], ["", ""], ["b"]]}
    {"text": "\"a\n", "rows": [["a\n"]]}
    {"text": "\r\r\",,\"\n", "rows": [[",,"]]}
    {"text": ",\",", "rows": [["", ","]]}
    {"text": "a,,a,,,", "rows": [["a", "", "a", "", "", ""]]}
    {"text": "\rba\n,\n\r\n\"\"\raa", "rows": [["ba"], ["", ""], [""], ["aa"]]}
    {"text": ",aa\n\nb,\nba\rb", "rows": [["", "aa"], ["b", ""], ["ba"], ["b"]]}
    {"text": "aa\na\ra,\n\"\"\n", "rows": [["aa"], ["a"], ["a", ""], [""]]}
    {"text": "ab\"\r\na,b\ra", "rows": [["ab\""], ["a", "b"], ["a"]]}
    {"text": "ab\r\rb\ra\na\",", "rows": [["ab"], ["b"], ["a"], ["a\"", ""]]}
    {"text": "\n,a", "rows": [["", "a"]]}
    {"text": "b,\r,,\r\"", "rows": [["b", ""], ["", "", ""], [""]]}
    {"text": "bbb\"a,a\"\n,", "rows": [["bbb\"a", "a\""], ["", ""]]}
    {"text": "b\n,", "rows": [["b"], ["", ""]]}
    {"text": "\n\n\nab\"", "rows": [["ab\""]]}
    {"text": "\n\n\n", "rows": []}
    {"text": "\"b\"\",,\",a,", "rows": [["b\",,", "a", ""]]}
    {"text": "\n,,b", "rows": [["", "", "b"]]}
    {"text": "b\"\ra", "rows": [["b\""], ["a"]]}
    {"text": "\n\"\n\r\"a\r,,a\",\na", "rows": [["\n\ra"], ["", "", "a\"", ""], ["a"]]}
    {"text": "\"\n\"\",", "rows": [["\n\","]]}
    {"text": "\r\n,a\n\",a\"", "rows": [["", "a"], [",a"]]}
    {"text": "b\rab\"ba", "rows": [["b"], ["ab\"ba"]]}
    {"text": "b,\"b,\n,,,\n\"\"", "rows": [["b", "b,\n,,,\n\""]]}
    {"text": "\"bb\"ba\r\r\"", "rows": [["bbba"], [""]]}
    {"text": "aa\n\na\n\"\",,", "rows": [["aa"], ["a"], ["", "", ""]]}
    {"text": "\n\",b", "rows": [[",b"]]}
    {"text": "\n,,\nb,,\",,", "rows": [["", "", ""], ["b", "", ",,"]]}
    {"text": "\ra\"bb\naaa\"", "rows": [["a\"bb"], ["aaa\""]]}
    {"text": "ab\r\n\"b\"\"", "rows": [["ab"], ["b\""]]}
    {"text": "\"\"\n\"b\"b\n\"\n", "rows": [[""], ["bb"], ["\n"]]}
    {"text": "\r\n\"\rb,,\n", "rows": [["\rb,,\n"]]}
    {"text": "aa\rb\r\r\",\nb\r", "rows": [["aa"], ["b"], [",\nb\r"]]}
    {"text": "\",\"b\"\"\",,,\"\n", "rows": [[",b\"\"\"", "", "", "\n"]]}
    {"text": "\n,", "rows": [["", ""]]}
    {"text": "\r\",,\n,a\n\n,,\nb", "rows": [[",,\n,a\n\n,,\nb"]]}
    {"text": "\"\na\"ab,", "rows": [["\naab", ""]]}
    {"text": ",ab\"b,", "rows": [["", "ab\"b", ""]]}
    {"text": "\",b\"b,,\"a,\n\"a,", "rows": [[",bb", "", "a,\na", ""]]}
    {"text": "a\na\r\r", "rows": [["a"], ["a"]]}
    {"text": "\r\"\r\"a\r\n\nb,", "rows": [["\ra"], ["b", ""]]}
    {"text": "ba\"a\n,\n,,a\"", "rows": [["ba\"a"], ["", ""], ["", "", "a\""]]}
    {"text": "b\r\"b\rb\"ba,", "rows": [["b"], ["b\rbba", ""]]}
    {"text": ",b,\"ab\"\"\"\r\nb\n", "rows": [["", "b", "ab\""], ["b"]]}
    {"text": "\n,\r\ra\r\nbb\"", "rows": [["", ""], ["a"], ["bb\""]]}
    {"text": "\n,,b\",a,\n,", "rows": [["", "", "b\"", "a", ""], ["", ""]]}
    {"text": "\ra", "rows": [["a"]]}
    {"text": "\",\n,\"a,a\nb", "rows": [[",\n,a", "a"], ["b"]]}
    {"text": ",\"\r\",\n\r", "rows": [["", "\r", ""]]}
    {"text": ",\r\rbb\r,a,bb,a\r", "rows": [["", ""], ["bb"], ["", "a", "bb", "a"]]}
    {"text": ",\"\ra\r\r,\n,", "rows": [["", "\ra\r\r,\n,"]]}
    {"text": "\n\"a", "rows": [["a"]]}
    {"text": "\n\n,a\"bb,a", "rows": [["", "a\"bb", "a"]]}
    {"text": "\"bbb\n,\nb", "rows": [["bbb\n,\nb"]]}
    {"text": "\",\n\"\",,,a", "rows": [[",\n\",,,a"]]}
    {"text": "\rab\n,", "rows": [["ab"], ["", ""]]}
    {"text": ",a\r\"aa\n\",\n\"b\"\n", "rows": [["", "a"], ["aa\n", ""], ["b"]]}
    """#
}
