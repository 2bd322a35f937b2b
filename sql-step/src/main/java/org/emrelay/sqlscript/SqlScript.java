package org.emrelay.sqlscript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A SQL file: statements that prepare, and a last one whose rows are the output.
 *
 * @param faults what is wrong with it, in the order of the file
 */
public record SqlScript(SqlText text, List<SqlStatement> statements, List<SqlFault> faults) {

    public SqlScript {
        statements = List.copyOf(statements);
        faults = List.copyOf(faults);
    }

    /** Splits a file into statements and checks what can be checked without Spark. */
    public static SqlScript parse(String file) {
        SqlText text = new SqlText(file);
        SqlLexer.Tokens tokens = SqlLexer.read(text);
        List<SqlStatement> statements = split(text, tokens.tokens());
        List<SqlFault> faults = tokens.fault().map(List::of).orElseGet(() -> faults(statements));
        return new SqlScript(text, statements, faults);
    }

    private static List<SqlStatement> split(SqlText text, List<SqlToken> tokens) {
        List<SqlStatement> statements = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || text.of(tokens.get(i)).equals(";")) {
                if (i > start) {
                    statements.add(new SqlStatement(text, tokens.subList(start, i)));
                }
                start = i + 1;
            }
        }
        return statements;
    }

    private static List<SqlFault> faults(List<SqlStatement> statements) {
        if (statements.isEmpty()) {
            return List.of(new SqlFault(
                    new SqlPosition(1, 1),
                    "the file has no statement. Write a query, such as SELECT, whose rows are the output."));
        }
        List<SqlFault> faults = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            SqlStatement statement = statements.get(i);
            boolean isLast = i == statements.size() - 1;
            if (statement.refusal().isPresent()) {
                faults.add(statement.refusal().get());
            } else if (statement.isQuery() && !isLast) {
                faults.add(new SqlFault(
                        statement.position(),
                        "the rows of this query would be lost: only those of the last statement are the output. Make it a view"
                                + " (CREATE TEMPORARY VIEW name AS …), or a step of its own."));
            } else if (!statement.isQuery() && isLast) {
                faults.add(new SqlFault(
                        statement.position(),
                        "the last statement must be a query, such as SELECT, whose rows are the output; this is "
                                + statement.keyword() + "."));
            }
            faults.addAll(statement.positionalParameters());
        }
        return faults;
    }

    /** The statement whose rows are the output, if there are no faults. */
    public SqlStatement query() {
        return statements.get(statements.size() - 1);
    }

    /** The parameters without a value. */
    public List<SqlFault> missingValues(Collection<String> names) {
        List<SqlFault> missing = new ArrayList<>();
        Set<String> reported = new LinkedHashSet<>();
        for (SqlStatement statement : statements) {
            for (SqlStatement.Parameter parameter : statement.parameters()) {
                if (!names.contains(parameter.name()) && reported.add(parameter.name())) {
                    missing.add(new SqlFault(
                            parameter.position(),
                            "the parameter :" + parameter.name() + " has no value. Add it to the step's args."));
                }
            }
        }
        return missing;
    }

    /** The names of all parameters. */
    public Set<String> parameterNames() {
        return statements.stream()
                .flatMap(statement -> statement.parameters().stream())
                .map(SqlStatement.Parameter::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
