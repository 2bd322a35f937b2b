package org.emrelay.runner.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/** Suggests fixes for common failures, in terms of the keys of steps.json. */
final class Hints {
    private static final Pattern HEAP = Pattern.compile("OutOfMemoryError: (?:Java heap space|GC overhead)");
    private static final String TASK_HEAP =
            "Raise the step's executor_memory (locally: driver_memory), or lower executor_cores to let fewer tasks share the heap.";
    private static final String DRIVER_HEAP =
            "Raise the step's driver_memory, or write the result instead of collecting it.";

    private record Entry(Pattern pattern, String hint) {
        static Entry of(String regex, String hint) {
            return new Entry(Pattern.compile(regex), hint);
        }
    }

    private static final List<Entry> ENTRIES = List.of(
            Entry.of(
                    "insufficient memory for the Java Runtime|^Killed|\\d+ Killed\\b",
                    "The host ran out of memory: lower driver_memory or executor_memory, or run fewer steps concurrently."),
            Entry.of(
                    "AM Container for \\S+ exited with +exitCode: (?:137|-10[34])\\b|container_\\w*_000001\\b.* memory limit",
                    "The driver exceeded its memory limit: raise driver_memory, or spark.driver.memoryOverhead in spark_conf for Python and"
                            + " native code."),
            new Entry(
                    KilledProcess.OUT_OF_MEMORY,
                    "The container exceeded its memory limit: raise executor_memory, or spark.executor.memoryOverhead in spark_conf for Python"
                            + " and native code."),
            Entry.of(
                    "(?i)exit (?:code|status)(?: is|:)? 143\\b",
                    "The container was terminated (SIGTERM): unless the step was cancelled, raise executor_memory or"
                            + " spark.executor.memoryOverhead in spark_conf."),
            Entry.of(
                    "released on a \\*lost\\* node",
                    "A Spot Instance was interrupted: set retries on the step, or give the fleet more on-demand capacity."),
            Entry.of(
                    "OutOfMemoryError: Metaspace",
                    "Raise or remove -XX:MaxMetaspaceSize in the step's extra Java options."),
            Entry.of(
                    "OutOfMemoryError: [Uu]nable to create",
                    "The host's thread limit is reached: lower executor_cores or run fewer steps concurrently."),
            Entry.of(
                    "INVALID_(?:DRIVER|EXECUTOR)_MEMORY",
                    "Raise the step's driver_memory and executor_memory to 512M or more."),
            Entry.of(
                    "maxResultSize",
                    "Write the result instead of collecting it, or raise spark.driver.maxResultSize in spark_conf."),
            Entry.of(
                    "Python worker exited unexpectedly|^MemoryError",
                    "The Python process ran out of memory or crashed: raise"
                            + " spark.executor.memoryOverhead in spark_conf, or use smaller partitions."),
            Entry.of(
                    "Failed to load class|Could not find or load main class",
                    "Check the step's main_class, and that the jar in script_uri is built and contains it."),
            Entry.of(
                    "S3AFileSystem not found",
                    "Reading s3a:// needs hadoop-aws: add org.apache.hadoop:hadoop-aws to the step's packages."),
            Entry.of(
                    "ClassNotFoundException|NoClassDefFoundError",
                    "Add the jar that contains the class to the step's jars or packages."),
            Entry.of(
                    "NoSuchMethodError|NoSuchFieldError|IncompatibleClassChangeError|UnsupportedClassVersionError",
                    "Incompatible versions of a library or of Java: build the jar against the cluster's Spark, Scala and Java."),
            Entry.of(
                    "ModuleNotFoundError|ImportError",
                    "Add the module to the step's py_files, or install it on every node in the bootstrap action."),
            Entry.of("NoSuchBucket", "Check the bucket's name and region."),
            Entry.of(
                    "\\[PATH_NOT_FOUND]|FileNotFoundException|FileNotFoundError|Input path does not exist|NoSuchFileException|NoSuchKey|Path does not exist",
                    "Check the path of the input, and that the upstream step wrote to it."),
            Entry.of("can't open file", "Check the step's script_uri."),
            Entry.of(
                    "\\[PATH_ALREADY_EXISTS]|FileAlreadyExistsException",
                    "Change the step's output, or set \"overwrite\": true in it."),
            Entry.of(
                    "\\[UNRESOLVED_COLUMN|cannot resolve '|\\[FIELD_NOT_FOUND",
                    "Compare the name with the actual columns of the input."),
            Entry.of(
                    "No space left on device",
                    "Free disk space on the node, attach a larger volume, or use more partitions to spill less at once."),
            Entry.of(
                    "Unrecognized option|Missing application resource",
                    "spark-submit rejected its command line: check the step's script_uri and settings."));

    private Hints() {}

    /** @param lastUri the last S3 URI in the log before the error; empty for none */
    static String of(String message, boolean inTask, String lastUri) {
        if (HEAP.matcher(message).find()) {
            return inTask ? TASK_HEAP : DRIVER_HEAP;
        }
        return AccessDeniedHint.of(message, lastUri).orElseGet(() -> lookUp(message));
    }

    private static String lookUp(String message) {
        return ENTRIES.stream()
                .filter(entry -> entry.pattern().matcher(message).find())
                .map(Entry::hint)
                .findFirst()
                .orElse("");
    }
}
