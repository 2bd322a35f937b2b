import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Prints the slowest test classes of a build, from the reports that Surefire and Failsafe have written since its start. */
final class SlowestTests {
    private static final int SHOWN = 20;

    /** The times are in seconds; that of a class includes what it does once for all its tests. */
    private record TestClass(String module, String name, double seconds, String slowestTest, double slowestSeconds) {
        String line() {
            return String.format(
                    Locale.ROOT, "%7.1f s  %s: %s (%.1f s %s)", seconds, module, name, slowestSeconds, slowestTest);
        }
    }

    public static void main(String[] args) throws IOException, XMLStreamException {
        List<TestClass> classes = testClasses(Path.of(args[0]), Instant.parse(args[1]));
        if (classes.isEmpty()) {
            return;
        }
        double total = classes.stream().mapToDouble(TestClass::seconds).sum();
        System.out.printf(
                "The slowest of %d test classes (%s in total), each with its slowest test:%n",
                classes.size(), minutes(total));
        classes.stream()
                .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                .limit(SHOWN)
                .map(TestClass::line)
                .forEach(System.out::println);
    }

    private static String minutes(double seconds) {
        Duration duration = Duration.ofSeconds(Math.round(seconds));
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    private static List<TestClass> testClasses(Path root, Instant start) throws IOException, XMLStreamException {
        List<TestClass> classes = new ArrayList<>();
        for (Path module : list(root)) {
            for (String directory : List.of("target/surefire-reports", "target/failsafe-reports")) {
                for (Path file : list(module.resolve(directory))) {
                    boolean isReport = file.getFileName().toString().matches("TEST-.*\\.xml");
                    if (isReport && !Files.getLastModifiedTime(file).toInstant().isBefore(start)) {
                        classes.add(read(module.getFileName().toString(), file));
                    }
                }
            }
        }
        return classes;
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static TestClass read(String module, Path report) throws IOException, XMLStreamException {
        TestClass suite = new TestClass(module, report.getFileName().toString(), 0, "no test", 0);
        try (Reader text = Files.newBufferedReader(report)) {
            XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(text);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("testsuite")) {
                    suite = new TestClass(module, xml.getAttributeValue(null, "name"), seconds(xml), "no test", 0);
                } else if (xml.getLocalName().equals("testcase") && seconds(xml) >= suite.slowestSeconds()) {
                    String test = xml.getAttributeValue(null, "name");
                    suite = new TestClass(module, suite.name(), suite.seconds(), test, seconds(xml));
                }
            }
        }
        return suite;
    }

    private static double seconds(XMLStreamReader element) {
        // Surefire separates thousands.
        return Double.parseDouble(element.getAttributeValue(null, "time").replace(",", ""));
    }
}
