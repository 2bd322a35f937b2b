package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.emrelay.runner.parse.StepsFile.OutputEntry;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/** Parses the program of a step that runs a SQL file. */
record SqlParser(FileRefParser fileRefs, Supplier<Path> sqlProgram, SqlFileCheck fileCheck, Problems problems) {
    private static final String DEFAULT_FORMAT = "parquet";
    private static final List<String> FORMATS = List.of(DEFAULT_FORMAT, "csv", "json");

    /** Whether SQL takes a name without backticks. */
    static boolean isSqlName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    /**
     * Returns the program, or null after a problem.
     *
     * @param arguments null after a problem
     */
    @Nullable
    Program parse(StepEntry entry, String path, Arguments.@Nullable Flags arguments) {
        checkKeys(entry, path);
        checkViewNames(entry.inputs().keySet(), childPath(path, "inputs"));
        String outputPath = childPath(path, "output");
        OutputEntry output = entry.output();
        String format = output == null || output.format() == null ? DEFAULT_FORMAT : output.format();
        problems.oneOf(format, FORMATS, childPath(outputPath, "format"));
        List<String> partitionBy =
                output == null || output.partitionBy() == null ? List.of() : columns(output.partitionBy());
        FileRef file = entry.sql() == null ? null : file(entry.sql(), childPath(path, "sql"));
        if (file instanceof FileRef.Local local) {
            fileCheck.check(
                    local.path(),
                    path,
                    arguments == null
                            ? null
                            : arguments.flags().stream()
                                    .map(Arguments.Flag::name)
                                    .toList());
        }
        return file == null ? null : new Program.Sql(new FileRef.Local(sqlProgram.get()), file, format, partitionBy);
    }

    private void checkKeys(StepEntry entry, String path) {
        checkAbsent(entry.settings().scriptUri(), path, "script_uri");
        checkAbsent(entry.settings().mainClass(), path, "main_class");
        checkAbsent(entry.settings().pyFiles(), path, "py_files");
        checkAbsent(entry.check(), path, "check");
        if (entry.output() != null) {
            checkAbsent(entry.output().flag(), childPath(path, "output"), "flag");
        }
    }

    private void checkAbsent(@Nullable Object value, String path, String key) {
        if (value != null) {
            problems.error(childPath(path, key), "cannot be combined with 'sql'.", "Remove one of them.");
        }
    }

    private void checkViewNames(Set<String> inputs, String path) {
        Map<String, String> seen = new HashMap<>();
        for (String name : inputs) {
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (!problems.isInvalid(childPath(path, name))) {
                checkViewName(name, other, childPath(path, name));
            }
        }
    }

    private void checkViewName(String name, @Nullable String other, String path) {
        if (!isSqlName(name)) {
            problems.error(
                    path,
                    quoted(name) + " is not a valid view name, and each input of a SQL step is a view.",
                    "Use letters, digits and '_', starting with a letter.");
        } else if (other != null) {
            problems.error(
                    path,
                    quoted(name) + " differs only in case from '" + other + "', and both are views.",
                    "Rename one of them.");
        }
    }

    private List<String> columns(List<LocatedString> names) {
        Set<String> seen = new HashSet<>();
        for (LocatedString name : names) {
            if (name.value().isBlank() || name.value().startsWith("--")) {
                problems.error(name.path(), quoted(name.value()) + " is not the name of a column.");
            } else if (!seen.add(name.value().toLowerCase(Locale.ROOT))) {
                problems.error(name.path(), quoted(name.value()) + " is listed twice.");
            }
        }
        return names.stream().map(LocatedString::value).toList();
    }

    private @Nullable FileRef file(String file, String path) {
        if (!file.endsWith(".sql")) {
            problems.error(path, "must be a .sql file, not " + quoted(file) + ".");
            return null;
        }
        return fileRefs.single(file, path);
    }
}
