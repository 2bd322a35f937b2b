package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Converts one spark-submit command to a step: options become keys, and the program's arguments stay a list. */
final class SubmitConversion {
    private static final Map<String, String> CONF_BY_OPTION = Map.of(
            "--driver-class-path", "spark.driver.extraClassPath",
            "--driver-cores", "spark.driver.cores",
            "--driver-java-options", "spark.driver.extraJavaOptions",
            "--driver-library-path", "spark.driver.extraLibraryPath",
            "--exclude-packages", "spark.jars.excludes",
            "--queue", "spark.yarn.queue",
            "--repositories", "spark.jars.repositories");

    private static final Map<String, String> OPTION_BY_CONF = Map.ofEntries(
            Map.entry("spark.app.name", "--name"),
            Map.entry("spark.archives", "--archives"),
            Map.entry("spark.driver.memory", "--driver-memory"),
            Map.entry("spark.executor.cores", "--executor-cores"),
            Map.entry("spark.executor.instances", "--num-executors"),
            Map.entry("spark.executor.memory", "--executor-memory"),
            Map.entry("spark.files", "--files"),
            Map.entry("spark.jars", "--jars"),
            Map.entry("spark.jars.packages", "--packages"),
            Map.entry("spark.master", "--master"),
            Map.entry("spark.submit.deployMode", "--deploy-mode"),
            Map.entry("spark.submit.pyFiles", "--py-files"));

    private static final Set<String> LISTS = Set.of("--packages", "--jars", "--py-files", "--files", "--archives");
    private static final Set<String> NUMBERS = Set.of("--executor-cores", "--num-executors");
    private static final Set<String> SIZES = Set.of("--driver-memory", "--executor-memory");
    private static final Set<String> WITHOUT_VALUE =
            Set.of("--help", "-h", "--supervise", "--usage-error", "--verbose", "-v", "--version");

    /** The order of keys in a step. */
    private static final List<String> ORDER = List.of(
            "name",
            "script_uri",
            "main_class",
            "args",
            "deploy_mode",
            "driver_memory",
            "executor_memory",
            "executor_cores",
            "num_executors",
            "packages",
            "jars",
            "py_files",
            "files",
            "archives",
            "spark_conf",
            "env");

    private final Map<String, Object> keys = new LinkedHashMap<>();
    private final Map<String, String> conf = new LinkedHashMap<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> notices = new ArrayList<>();

    /** @param variables the environment variables that are set for the command */
    SubmitConversion(Map<String, String> variables) {
        variables.forEach(this::addVariable);
    }

    ConvertedStep convert(List<String> words) {
        int next = 0;
        while (next < words.size() && words.get(next).startsWith("-")) {
            String word = words.get(next++);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (WITHOUT_VALUE.contains(option)) {
                notices.add(option + " is left out.");
            } else if (equals >= 0) {
                addOption(option, word.substring(equals + 1));
            } else if (next < words.size()) {
                addOption(option, words.get(next++));
            }
        }
        if (next == words.size()) {
            throw new IllegalArgumentException("The command names no .jar or .py file to run.");
        }
        addProgram(words.get(next));
        addArguments(words.subList(next + 1, words.size()));
        if (!conf.isEmpty()) {
            keys.put("spark_conf", conf);
        }
        if (!env.isEmpty()) {
            keys.put("env", env);
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        ORDER.stream().filter(keys::containsKey).forEach(key -> ordered.put(key, keys.get(key)));
        return new ConvertedStep(ordered, notices);
    }

    private void addOption(String option, String value) {
        if (option.equals("--conf") || option.equals("-c")) {
            addConf(value);
        } else if (option.equals("--class")) {
            keys.put("main_class", escaped(value));
        } else if (option.equals("--name")) {
            keys.put("name", stepName(value));
        } else if (option.equals("--deploy-mode")) {
            keys.put("deploy_mode", value.toLowerCase(Locale.ROOT));
        } else if (LISTS.contains(option)) {
            keys.put(
                    keyOf(option),
                    Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(element -> !element.isEmpty())
                            .map(element -> escaped(withoutScheme(element)))
                            .toList());
        } else if (NUMBERS.contains(option)) {
            if (!value.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException(option + " must be a whole number, not '" + value + "'.");
            }
            keys.put(keyOf(option), Integer.valueOf(value));
        } else if (SIZES.contains(option)) {
            // Spark takes a number without a unit for mebibytes.
            keys.put(keyOf(option), value.matches("[0-9]+") ? value + "M" : value.toUpperCase(Locale.ROOT));
        } else if (CONF_BY_OPTION.containsKey(option)) {
            addConf(CONF_BY_OPTION.get(option) + "=" + value);
        } else if (option.equals("--master")) {
            notices.add("--master " + value + " is left out: -t selects the platform.");
        } else {
            notices.add(option + " " + secretSafe(option, value) + " is left out: a step has no such setting.");
        }
    }

    private void addConf(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            notices.add("--conf " + assignment + " is left out: it is not name=value.");
            return;
        }
        String name = assignment.substring(0, equals);
        String value = assignment.substring(equals + 1);
        String variable = name.replaceFirst("^spark\\.(yarn\\.appMasterEnv|executorEnv)\\.", "");
        // YARN's shell replaces these in variables; in env they are literal.
        boolean isPlain = value.chars().noneMatch(character -> "$`\"\\".indexOf(character) >= 0);
        if (OPTION_BY_CONF.containsKey(name)) {
            addOption(OPTION_BY_CONF.get(name), value);
        } else if (!variable.equals(name) && isPlain && value.equals(env.getOrDefault(variable, value))) {
            addVariable(variable, value);
        } else {
            conf.put(name, secretReference(name, name, value));
        }
    }

    private void addVariable(String name, String value) {
        env.put(name, secretReference("env." + name, name, value));
    }

    private void addProgram(String program) {
        if (!program.endsWith(".jar") && !program.endsWith(".py")) {
            throw new IllegalArgumentException(
                    "A step runs a .jar or a .py file, not '" + Problems.abbreviate(program) + "'.");
        }
        String location = withoutScheme(program);
        keys.put("script_uri", escaped(location));
        String file = location.substring(location.lastIndexOf('/') + 1);
        Object mainClass = keys.get("main_class");
        String base = mainClass == null
                ? file.substring(0, file.lastIndexOf('.'))
                : mainClass.toString().substring(mainClass.toString().lastIndexOf('.') + 1);
        keys.putIfAbsent("name", stepName(base));
        if (program.endsWith(".jar") && mainClass == null) {
            notices.add("A step with a .jar needs main_class: name the class in the jar's manifest (Main-Class).");
        }
    }

    private void addArguments(List<String> arguments) {
        List<String> args = new ArrayList<>();
        String flag = "";
        for (String argument : arguments) {
            boolean isFlag = argument.startsWith("-");
            int equals = isFlag ? argument.indexOf('=') : -1;
            if (equals > 0) {
                String name = argument.substring(0, equals);
                args.add(escaped(name + "=") + secretReference(name, name, argument.substring(equals + 1)));
            } else {
                args.add(isFlag || flag.isEmpty() ? escaped(argument) : secretReference(flag, flag, argument));
            }
            flag = isFlag && equals < 0 ? argument : "";
        }
        if (!args.isEmpty()) {
            keys.put("args", args);
        }
    }

    /** The value, or for a secret a reference to an environment variable: secrets do not belong in files. */
    private String secretReference(String where, String name, String value) {
        if (!SecretNames.STANDARD.isSecret(name)) {
            return escaped(value);
        }
        String variable = name.replaceFirst("^-+", "")
                .replaceFirst("^spark\\.(hadoop\\.)?", "")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toUpperCase(Locale.ROOT);
        notices.add(where + " is a secret: it is read from the environment variable " + variable + ".");
        return "${env." + variable + "}";
    }

    private static String secretSafe(String name, String value) {
        return SecretNames.STANDARD.isSecret(name) ? "****" : value;
    }

    private static String keyOf(String option) {
        return option.substring(2).replace('-', '_');
    }

    private static String withoutScheme(String location) {
        return location.replaceFirst("^file:(//)?(?=/)", "");
    }

    /** In a steps file, <code>${</code> begins a reference. */
    private static String escaped(String text) {
        return text.replace("${", "$${");
    }

    static String stepName(String text) {
        String name = text.strip().replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        return name.isEmpty() ? "step" : name.substring(0, Math.min(64, name.length()));
    }
}
