package org.emrelay.runner.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/** What helps against the failures that everyone meets, in the words of steps.json. */
final class Hints {
    private static final Pattern HEAP = Pattern.compile("OutOfMemoryError: (?:Java heap space|GC overhead)");
    private static final String TASK_HEAP =
            "Raise the step's executor_memory (driver_memory where it runs on one machine), or lower executor_cores so that fewer tasks share it.";
    private static final String DRIVER_HEAP =
            "Raise the step's driver_memory, or write the result out in place of collecting it.";

    private record Entry(Pattern about, String advice) {
        static Entry of(String about, String advice) {
            return new Entry(Pattern.compile(about), advice);
        }
    }

    private static final List<Entry> ENTRIES = List.of(
            Entry.of(
                    "insufficient memory for the Java Runtime|^Killed|\\d+ Killed\\b",
                    "The machine ran out of memory: lower driver_memory or executor_memory, or run fewer steps at once."),
            Entry.of(
                    "AM Container for \\S+ exited with +exitCode: (?:137|-10[34])\\b|container_\\w*_000001\\b.* memory limit",
                    "The driver used more memory than it asked for: raise driver_memory, or spark.driver.memoryOverhead in spark_conf where Python or native code"
                            + " needs it."),
            new Entry(
                    KilledProcess.FOR_MEMORY,
                    "The container used more memory than it asked for: raise executor_memory, or spark.executor.memoryOverhead in spark_conf where Python"
                            + " or native code needs it."),
            Entry.of(
                    "(?i)exit (?:code|status)(?: is|:)? 143\\b",
                    "Something ended the container: if nobody cancelled the step, raise executor_memory or spark.executor.memoryOverhead in spark_conf."),
            Entry.of(
                    "released on a \\*lost\\* node",
                    "A spot node was taken away: give the step retries, or the fleet more on-demand capacity."),
            Entry.of(
                    "OutOfMemoryError: Metaspace",
                    "Raise -XX:MaxMetaspaceSize in the step's extra Java options, or leave it out."),
            Entry.of(
                    "OutOfMemoryError: [Uu]nable to create",
                    "The machine allows no more threads: lower executor_cores or run fewer steps at once."),
            Entry.of(
                    "INVALID_(?:DRIVER|EXECUTOR)_MEMORY",
                    "Raise the step's driver_memory and executor_memory to 512M or more."),
            Entry.of(
                    "maxResultSize",
                    "Write the result out in place of collecting it, or raise spark.driver.maxResultSize in spark_conf."),
            Entry.of(
                    "Python worker exited unexpectedly|^MemoryError",
                    "The Python process ran out of memory or crashed: raise"
                            + " spark.executor.memoryOverhead in spark_conf, or make the partitions smaller."),
            Entry.of(
                    "Failed to load class|Could not find or load main class",
                    "Check the step's main_class, and that the jar of its script_uri" + " was built and holds it."),
            Entry.of(
                    "S3AFileSystem not found",
                    "Reading s3a:// needs hadoop-aws: add org.apache.hadoop:hadoop-aws to the step's packages."),
            Entry.of(
                    "ClassNotFoundException|NoClassDefFoundError",
                    "Add the jar that holds the class to the step's jars or packages."),
            Entry.of(
                    "NoSuchMethodError|NoSuchFieldError|IncompatibleClassChangeError|UnsupportedClassVersionError",
                    "Two versions of a library or of Java"
                            + " meet: build the jar against the cluster's Spark, Scala and Java."),
            Entry.of(
                    "ModuleNotFoundError|ImportError",
                    "Ship the module with the step's py_files, or install it on every node in the bootstrap action."),
            Entry.of("NoSuchBucket", "Check the bucket's name and region."),
            Entry.of(
                    "\\[PATH_NOT_FOUND]|FileNotFoundException|FileNotFoundError|Input path does not exist|NoSuchFileException|NoSuchKey|Path does not exist",
                    "Check the path of the input, and that the step before it wrote there."),
            Entry.of("can't open file", "Check the step's script_uri."),
            Entry.of(
                    "\\[PATH_ALREADY_EXISTS]|FileAlreadyExistsException",
                    "Give the step another output, or set \"overwrite\": true in it."),
            Entry.of(
                    "\\[UNRESOLVED_COLUMN|cannot resolve '|\\[FIELD_NOT_FOUND",
                    "Compare the name with the columns that the input really has."),
            Entry.of(
                    "No space left on device",
                    "Free disk on the node or give it a larger volume, or use more partitions so that less is spilled at once."),
            Entry.of(
                    "Unrecognized option|Missing application resource",
                    "Check the step's script_uri and settings: spark-submit refused its command line."));

    private Hints() {}

    /** @param before the last S3 URI that the log named before, empty where it named none */
    static String of(String message, boolean inTask, String before) {
        if (HEAP.matcher(message).find()) {
            return inTask ? TASK_HEAP : DRIVER_HEAP;
        }
        return AccessDeniedHint.advice(message, before).orElseGet(() -> known(message));
    }

    private static String known(String message) {
        return ENTRIES.stream()
                .filter(entry -> entry.about().matcher(message).find())
                .map(Entry::advice)
                .findFirst()
                .orElse("");
    }
}
