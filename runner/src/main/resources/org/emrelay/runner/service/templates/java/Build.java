import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles src/ to jobs.jar: java Build.java. It needs a JDK, and the jars of Spark 3.5. */
final class Build {
    /** Names the directory of Spark's jars on this machine. */
    private static final Path SPARK_JARS = Path.of(".spark-jars");

    public static void main(String[] args) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = files(spark()).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path classes = Files.createTempDirectory("classes");
        List<String> options = new ArrayList<>(List.of(
                "-encoding", "UTF-8", "--release", "17", "-proc:none", "-d", classes.toString(), "-cp", classPath));
        files(Path.of("src")).forEach(file -> options.add(file.toString()));
        if (compiler.run(null, null, null, options.toArray(String[]::new)) != 0) {
            System.exit(1);
        }
        try (OutputStream file = Files.newOutputStream(Path.of("jobs.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Path compiled : files(classes)) {
                JarEntry entry = new JarEntry(classes.relativize(compiled).toString());
                entry.setTime(0); // The same classes make the same jar, whose results can be reused.
                jar.putNextEntry(entry);
                jar.write(Files.readAllBytes(compiled));
            }
        }
    }

    private static Path spark() throws IOException {
        String jars = System.getenv("SPARK_JARS");
        if (jars == null && Files.exists(SPARK_JARS)) {
            jars = Files.readString(SPARK_JARS).strip();
        }
        if (jars == null || !Files.isDirectory(Path.of(jars))) {
            System.err.println("No Spark" + (jars == null ? "" : " in " + jars)
                    + ": set SPARK_JARS to a directory with the jars of Spark 3.5.");
            System.exit(1);
        }
        return Path.of(jars);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
