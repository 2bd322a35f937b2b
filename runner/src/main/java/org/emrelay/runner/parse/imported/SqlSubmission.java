package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recognizes a step that runs a SQL file, by the program that our exports submit for it. */
final class SqlSubmission {
    private static final String MAIN_CLASS = "org.emrelay.sqlstep.SqlStep";

    private final Map<String, Object> output = new LinkedHashMap<>();
    private final List<Object> partitions = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private String file = "";

    private SqlSubmission() {}

    /** The step with its SQL file; unchanged if it runs another program, or if the file is not in a bundle. */
    static SubmittedStep recognized(SubmittedStep step, BundleFiles bundle) {
        return MAIN_CLASS.equals(step.settings().get("main_class")) ? new SqlSubmission().convert(step, bundle) : step;
    }

    private SubmittedStep convert(SubmittedStep step, BundleFiles bundle) {
        for (ProgramArgument argument : ProgramArgument.parse(step.arguments())) {
            if (!add(argument, bundle)) {
                return step;
            }
        }
        if (file.isEmpty()) {
            return step;
        }
        if (!partitions.isEmpty()) {
            output.put("partition_by", partitions);
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sql", file);
        if (!output.isEmpty()) {
            settings.put("output", output);
        }
        settings.putAll(step.settings());
        settings.remove("script_uri");
        settings.remove("main_class");
        return new SubmittedStep(settings, arguments);
    }

    /** Returns false for what no SQL step of ours has. */
    private boolean add(ProgramArgument argument, BundleFiles bundle) {
        String value = argument.value();
        switch (argument.flag()) {
            case "--sql" -> file = bundle.locate(value).orElse("");
            case "--format" -> output.put("format", value);
            case "--partition-by" -> partitions.add(value);
            case "--output" -> arguments.addAll(List.of("--output", value));
            case "--input", "--arg" -> {
                int equals = value.indexOf('=');
                String name = equals < 0 ? "" : value.substring(0, equals);
                arguments.addAll(List.of((name.length() == 1 ? "-" : "--") + name, value.substring(equals + 1)));
                return !name.isEmpty() && !name.equals("output") && names.add(name);
            }
            default -> {
                return false;
            }
        }
        return argument.form() == ProgramArgument.Form.PAIR;
    }
}
