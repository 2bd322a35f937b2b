package org.emrelay.sqlscript;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a SQL step may do, by the first keyword of a statement. */
final class StatementKeywords {
    static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE", "FROM", "MAP", "REDUCE", "(");

    static final Set<String> PREPARATIONS =
            Set.of("SET", "RESET", "CACHE", "UNCACHE", "CLEAR", "REFRESH", "USE", "DECLARE");

    /** Statements that write somewhere other than the output. */
    static final Set<String> WRITES = Set.of(
            "INSERT",
            "MERGE",
            "UPDATE",
            "DELETE",
            "CREATE",
            "REPLACE",
            "DROP",
            "ALTER",
            "TRUNCATE",
            "LOAD",
            "EXPORT",
            "IMPORT",
            "ANALYZE",
            "MSCK",
            "REPAIR",
            "COPY",
            "OPTIMIZE",
            "VACUUM",
            "CALL",
            "COMMENT",
            "GRANT",
            "REVOKE");

    private static final Map<String, String> REMEDIES = Map.of(
            "ADD", "ADD is not supported. List the files in the step's jars, files or archives.",
            "DESC", "DESC describes tables. The output of a SQL step is the rows of a query, such as SELECT.",
            "DESCRIBE", "DESCRIBE describes tables. The output of a SQL step is the rows of a query, such as SELECT.",
            "EXPLAIN", "EXPLAIN shows a plan. The output of a SQL step is the rows of a query: remove EXPLAIN.",
            "LIST", "LIST lists files. The output of a SQL step is the rows of a query, such as SELECT.",
            "SHOW", "SHOW lists names. The output of a SQL step is the rows of a query, such as SELECT.");

    private StatementKeywords() {}

    static String writes(String keyword) {
        return keyword
                + " writes somewhere other than the output. A SQL step returns rows, which Emrelay writes to the"
                + " output: end the file with a query, such as SELECT.";
    }

    /** The message for a word that does not begin a statement of a SQL step. */
    static String unknown(String word) {
        String upperCase = word.toUpperCase(java.util.Locale.ROOT);
        String remedy = REMEDIES.get(upperCase);
        return remedy != null
                ? remedy
                : "'" + word + "' does not begin a SQL statement."
                        + nearest(upperCase)
                                .map(keyword -> " Did you mean " + keyword + "?")
                                .orElse("");
    }

    private static Optional<String> nearest(String word) {
        Set<String> known = new TreeSet<>(QUERIES);
        known.addAll(PREPARATIONS);
        known.addAll(List.of("CREATE"));
        known.remove("(");
        return known.stream().filter(keyword -> isNear(keyword, word)).findFirst();
    }

    /** Whether one letter is missing, added or different, or two adjacent ones are swapped. */
    private static boolean isNear(String keyword, String word) {
        int difference = word.length() - keyword.length();
        if (Math.abs(difference) > 1 || word.length() < 3) {
            return false;
        }
        int same = 0;
        while (same < Math.min(word.length(), keyword.length()) && word.charAt(same) == keyword.charAt(same)) {
            same++;
        }
        String restOfWord = word.substring(same);
        String restOfKeyword = keyword.substring(same);
        if (difference != 0) {
            return difference > 0
                    ? restOfWord.substring(1).equals(restOfKeyword)
                    : restOfKeyword.substring(1).equals(restOfWord);
        }
        return restOfWord.substring(1).equals(restOfKeyword.substring(1))
                || (restOfWord.length() > 1
                        && restOfWord.charAt(0) == restOfKeyword.charAt(1)
                        && restOfWord.charAt(1) == restOfKeyword.charAt(0)
                        && restOfWord.substring(2).equals(restOfKeyword.substring(2)));
    }
}
