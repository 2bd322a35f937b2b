package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one place that says how the JVMs of steps are set up. */
final class JvmFlags {

    /** What Spark's own launcher opens for it on Java 17 (JavaModuleOptions). */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private JvmFlags() {}

    /** Those of every JVM that shares a class-data archive. */
    static List<String> shared() {
        List<String> flags = new ArrayList<>();
        flags.add("-XX:+IgnoreUnrecognizedVMOptions");
        OPENED.forEach(packages -> flags.add("--add-opens=" + packages + "=ALL-UNNAMED"));
        flags.add("-Djdk.reflect.useDirectMethodHandle=false");
        // What the JVM itself has to say must not get among what the step prints.
        flags.add("-Xlog:disable");
        flags.add("-Xlog:all=warning:stderr");
        flags.add("-XX:-UsePerfData");
        flags.add("-Dfile.encoding=UTF-8");
        flags.add("-Djava.awt.headless=true");
        return flags;
    }

    /** Those of the JVM that makes an archive. */
    static List<String> training(AttemptFolder folder, Path archive) {
        List<String> flags = new ArrayList<>(shared());
        flags.add("-Xmx1g");
        flags.add(JitProfile.BRIEF.collector());
        flags.addAll(JitProfile.BRIEF.compiler());
        flags.add("-XX:ArchiveClassesAtExit=" + archive);
        flags.addAll(places(folder));
        return flags;
    }

    /**
     * Those of one step's JVM.
     *
     * @param users what the user wants besides; it comes last and so wins
     */
    static List<String> ofStep(
            ResourceAllocation allotment,
            AttemptFolder folder,
            JitProfile pace,
            Optional<Path> archive,
            List<String> users) {
        List<String> flags = new ArrayList<>(shared());
        flags.add("-Xmx" + allotment.heapMebibytes() + "m");
        if (users.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
            flags.add(pace.collector());
        }
        flags.addAll(pace.compiler());
        archive.ifPresent(file -> flags.add("-XX:SharedArchiveFile=" + file));
        flags.addAll(places(folder));
        flags.addAll(users);
        return flags;
    }

    /** Spark's own scratch space is in the temporary one too, unless somebody names another. */
    private static List<String> places(AttemptFolder folder) {
        return List.of(
                "-Djava.io.tmpdir=" + folder.temporary(),
                "-Dderby.system.home=" + folder.work(),
                "-XX:ErrorFile=" + folder.crashReport());
    }
}
