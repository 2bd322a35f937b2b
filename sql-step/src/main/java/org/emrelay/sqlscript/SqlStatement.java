package org.emrelay.sqlscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** One statement of a SQL file, without the semicolon that ends it. */
public final class SqlStatement {
    private final SqlText text;
    private final List<SqlToken> tokens;

    /**
     * A named parameter, such as {@code :day}.
     *
     * @param name without the colon
     */
    public record Parameter(String name, SqlPosition position) {
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(position, "position");
        }
    }

    /**
     * The definition of a temporary view that needs no more than its name.
     *
     * @param replaces whether it may replace a view of that name
     * @param query its query, in its place in the file
     */
    public record ViewDefinition(String name, boolean replaces, String query) {
        public ViewDefinition {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(query, "query");
        }
    }

    /** The definition of a temporary function by the name of a class. */
    public record FunctionDefinition(String name, String className) {
        public FunctionDefinition {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(className, "className");
        }
    }

    /** @param tokens at least one */
    SqlStatement(SqlText text, List<SqlToken> tokens) {
        this.text = text;
        this.tokens = List.copyOf(tokens);
    }

    public SqlPosition position() {
        return text.position(start());
    }

    /** The statement in its place in the file, with blanks around it: Spark's lines and columns are those of the file. */
    public String inPlace() {
        return text.inPlace(start(), end());
    }

    private int start() {
        return tokens.get(0).start();
    }

    private int end() {
        return tokens.get(tokens.size() - 1).end();
    }

    /** The first word, in capitals. */
    String keyword() {
        return word(0);
    }

    /** A token in capitals; empty behind the last one. */
    private String word(int index) {
        return index < tokens.size() ? text.of(tokens.get(index)).toUpperCase(Locale.ROOT) : "";
    }

    /** Whether the statement reads data at once so that later ones are faster. */
    public boolean isCache() {
        return keyword().equals("CACHE");
    }

    /** Whether the rows are cached only when they are first read. */
    public boolean isLazyCache() {
        return isCache() && word(1).equals("LAZY");
    }

    public boolean isQuery() {
        return StatementKeywords.QUERIES.contains(keyword()) && write().isEmpty();
    }

    /** Why a SQL step cannot run this statement; empty if it can. */
    Optional<SqlFault> refusal() {
        Optional<SqlToken> write = write();
        if (write.isPresent()) {
            SqlToken keyword = write.get();
            return Optional.of(new SqlFault(
                    text.position(keyword.start()),
                    StatementKeywords.writes(text.of(keyword).toUpperCase(Locale.ROOT))));
        } else if (keyword().equals("CREATE")) {
            return createRefusal();
        }
        boolean possible =
                StatementKeywords.QUERIES.contains(keyword()) || StatementKeywords.PREPARATIONS.contains(keyword());
        return possible
                ? Optional.empty()
                : Optional.of(new SqlFault(position(), StatementKeywords.unknown(text.of(tokens.get(0)))));
    }

    private Optional<SqlFault> createRefusal() {
        int index = indexAfterOrReplace();
        index += word(index).equals("GLOBAL") ? 1 : 0;
        boolean temporary = word(index).equals("TEMPORARY") || word(index).equals("TEMP");
        String object = word(temporary ? index + 1 : index);
        if (temporary && (object.equals("VIEW") || object.equals("FUNCTION"))) {
            return Optional.empty();
        }
        String message = object.equals("VIEW") || object.equals("FUNCTION")
                ? "CREATE " + object + " would outlive the step. Use CREATE TEMPORARY " + object + "."
                : object.equals("TABLE") && temporary
                        ? "Use CREATE TEMPORARY VIEW in place of CREATE TEMPORARY TABLE."
                        : StatementKeywords.writes(("CREATE " + object).strip());
        return Optional.of(new SqlFault(position(), message));
    }

    private int indexAfterOrReplace() {
        return word(1).equals("OR") && word(2).equals("REPLACE") ? 3 : 1;
    }

    /** The keyword that makes this statement write somewhere: the first, or one behind WITH and FROM clauses. */
    private Optional<SqlToken> write() {
        if (StatementKeywords.WRITES.contains(keyword()) && !keyword().equals("CREATE")) {
            return Optional.of(tokens.get(0));
        } else if (!keyword().equals("WITH") && !keyword().equals("FROM")) {
            return Optional.empty();
        }
        int depth = 0;
        for (int i = 1; i < tokens.size(); i++) {
            String word = word(i);
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            boolean isClause = depth == 0 && tokens.get(i).kind() == SqlToken.Kind.WORD;
            if (isClause && (word.equals("SELECT") || word.equals("VALUES") || word.equals("TABLE"))) {
                return Optional.empty();
            } else if (isClause && isClauseOfWrite(i, word)) {
                return Optional.of(tokens.get(i));
            }
        }
        return Optional.empty();
    }

    /** The words may also be names: {@code WITH update AS (…) …}. */
    private boolean isClauseOfWrite(int index, String word) {
        String next = word(index + 1);
        return switch (word) {
            case "INSERT" -> next.equals("INTO") || next.equals("OVERWRITE");
            case "MERGE" -> next.equals("INTO");
            case "DELETE" -> next.equals("FROM");
            case "UPDATE" -> index > 0 && word(index - 1).equals(")") && !next.equals("AS") && !next.equals("(");
            default -> false;
        };
    }

    /** The named parameters, in order. A colon also separates names and types in {@code STRUCT<…>}. */
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        // The value of a setting is any text.
        boolean isSetting = keyword().equals("SET") && !word(1).startsWith("VAR");
        int typeDepth = 0;
        for (int i = 0; i + 1 < tokens.size() && !isSetting; i++) {
            String token = word(i);
            if (token.equals("<") && (typeDepth > 0 || (i > 0 && word(i - 1).equals("STRUCT")))) {
                typeDepth++;
            } else if (token.equals(">") && typeDepth > 0) {
                typeDepth--;
            } else if (token.equals(":") && word(i + 1).equals(":")) {
                i++;
            } else if (token.equals(":") && typeDepth == 0 && isName(tokens.get(i + 1))) {
                parameters.add(new Parameter(
                        name(tokens.get(i + 1)), text.position(tokens.get(i).start())));
            }
        }
        return parameters;
    }

    /** Markers of positional parameters, which have no names. */
    List<SqlFault> positionalParameters() {
        return tokens.stream()
                .filter(token ->
                        token.kind() == SqlToken.Kind.SYMBOL && text.of(token).equals("?"))
                .map(token -> new SqlFault(
                        text.position(token.start()),
                        "positional parameters ('?') are not supported. Use a named one, such as :day, and"
                                + " set it in args."))
                .toList();
    }

    /**
     * The definition of a temporary view that needs no more than its name; empty for other statements. Spark allows no parameters in
     * the query of CREATE VIEW, but in this one.
     */
    public Optional<ViewDefinition> temporaryView() {
        int index = indexAfterOrReplace();
        boolean simple = keyword().equals("CREATE")
                && (word(index).equals("TEMPORARY") || word(index).equals("TEMP"))
                && word(index + 1).equals("VIEW")
                && index + 4 < tokens.size()
                && isName(tokens.get(index + 2))
                && word(index + 3).equals("AS");
        return simple
                ? Optional.of(new ViewDefinition(
                        name(tokens.get(index + 2)),
                        index > 1,
                        text.inPlace(tokens.get(index + 4).start(), end())))
                : Optional.empty();
    }

    /**
     * The view that CACHE TABLE defines with a query; empty for other statements. Spark allows no parameters in it either.
     */
    public Optional<ViewDefinition> cachedView() {
        int name = isLazyCache() ? 3 : 2;
        int query = word(name + 1).equals("AS") ? name + 2 : name + 1;
        boolean simple = isCache()
                && word(name - 1).equals("TABLE")
                && query < tokens.size()
                && isName(tokens.get(name))
                && StatementKeywords.QUERIES.contains(word(query));
        return simple
                ? Optional.of(new ViewDefinition(
                        name(tokens.get(name)),
                        false,
                        text.inPlace(tokens.get(query).start(), end())))
                : Optional.empty();
    }

    /** The definition of a temporary function by nothing but the name of a class; empty for other statements. */
    public Optional<FunctionDefinition> temporaryFunction() {
        int index = indexAfterOrReplace();
        boolean simple = keyword().equals("CREATE")
                && (word(index).equals("TEMPORARY") || word(index).equals("TEMP"))
                && word(index + 1).equals("FUNCTION")
                && index + 5 == tokens.size()
                && isName(tokens.get(index + 2))
                && word(index + 3).equals("AS")
                && tokens.get(index + 4).kind() == SqlToken.Kind.STRING;
        return simple
                ? Optional.of(new FunctionDefinition(
                        name(tokens.get(index + 2)),
                        text.of(tokens.get(index + 4)).replaceAll("^[rR]?['\"]|['\"]$", "")))
                : Optional.empty();
    }

    private boolean isName(SqlToken token) {
        return token.kind() == SqlToken.Kind.QUOTED_NAME
                || (token.kind() == SqlToken.Kind.WORD
                        && !Character.isDigit(text.text().charAt(token.start())));
    }

    private String name(SqlToken token) {
        String name = text.of(token);
        return token.kind() == SqlToken.Kind.QUOTED_NAME ? name.substring(1, name.length() - 1) : name;
    }
}
