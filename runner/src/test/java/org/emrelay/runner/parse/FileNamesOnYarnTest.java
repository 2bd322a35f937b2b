package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files that Spark cannot distribute on YARN. Local steps read them from their directory. */
final class FileNamesOnYarnTest {
    private static final PlatformRules LOCAL = new PlatformRules(false, true, false);
    private static final PlatformRules EMR = new PlatformRules(true, false, true);

    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFixture() {
        fixture = new StepsFileFixture(directory).file("job.py");
    }

    private static String step(String settings) {
        return "{\"defaults\": {\"script_uri\": \"job.py\"}, \"steps\": [{\"name\": \"a\", " + settings + "}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "%", "[", "]", "^", "?", "`", "|"})
    void rejectsCharactersThatAreNotInUris(String character) {
        String name = "a" + character + "b.txt";
        fixture.file(name).file(name.replace(".txt", ".py")).file(name.replace(".txt", ".zip"));
        String file = step("\"files\": [\"%1$s.txt\"], \"archives\": [\"%1$s.zip#x\"], \"py_files\": [\"%1$s.zip\"]"
                .replace("%1$s", "a" + character + "b"));
        String problem = "contains '" + character
                + "', which spark-submit does not accept in the location of a file. Rename the file.";

        assertThat(fixture.withRules(EMR).problems(file))
                .containsExactlyInAnyOrder(
                        "steps.json: steps[0].files[0]: '" + name + "' " + problem,
                        "steps.json: steps[0].archives[0]: '" + name.replace(".txt", ".zip") + "' " + problem,
                        "steps.json: steps[0].py_files[0]: '" + name.replace(".txt", ".zip") + "' " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "%", "^", "`", "|", "$", "'"})
    void acceptsThemInLocalSteps(String character) {
        String name = "a" + character + "b.txt";
        fixture.file(name);

        assertThat(fixture.withRules(LOCAL)
                        .problems(step("\"files\": [\"" + name + "\"], \"archives\": [\"" + name + "\"]")))
                .isEmpty();
    }

    /** They are replaced in the names of uploaded files, and the step opens files by name. */
    @ParameterizedTest
    @ValueSource(strings = {":", "{", "}", "[", "]", "*", "?", "\\"})
    void rejectsWhatSparkTakesForSyntaxUnlessTheFileIsNamed(String character) {
        String name = "a" + character + "b.txt";
        String escaped = name.replace("\\", "\\\\");
        fixture.file(name).file("a#b.txt").file("a" + character + "b.jar");
        String problem = "steps.json: steps[0].%s[0]: '" + name + "' contains '" + character
                + "', which Spark takes for syntax: the step would not find the file."
                + " Rename the file, or name it for the step: file#name.";

        assertThat(fixture.withRules(LOCAL)
                        .problems(step("\"files\": [\"" + escaped + "\"], \"archives\": [\"" + escaped + "\"]")))
                .containsExactlyInAnyOrder(problem.formatted("files"), problem.formatted("archives"));
        assertThat(fixture.problems(step("\"files\": [\"" + escaped + "#b.txt\"], \"jars\": [\""
                        + escaped.replace(".txt", ".jar") + "\"]")))
                .isEmpty();
    }

    @Test
    void rejectsThemInScriptsAndInS3Uris() {
        fixture.file("my job.py");
        String file = step("\"script_uri\": \"my job.py\", \"files\": [\"s3://b/50%.txt\", \"s3://b/ü-1_2+3.txt\"]");

        assertThat(fixture.withRules(EMR).problems(file))
                .containsExactlyInAnyOrder(
                        "steps.json: steps[0].script_uri: 'my job.py' contains ' ', which spark-submit does not accept in"
                                + " the location of a file. Rename the file.",
                        "steps.json: steps[0].files[0]: 's3://b/50%.txt' contains '%', which spark-submit does not accept"
                                + " in the location of a file. Rename the file.");
    }

    @Test
    void rejectsTwoFilesOfOneName() {
        fixture.file("a/settings.json").file("b/settings.json").file("x.zip");
        String file = step("\"files\": [\"a/settings.json#a.json\", \"b/settings.json\"],"
                + " \"archives\": [\"x.zip#one\", \"x.zip#two\"]");

        assertThat(fixture.withRules(EMR).problems(file))
                .containsExactlyInAnyOrder(
                        "steps.json: steps[0].files: two files are called 'settings.json', and YARN distributes only one"
                                + " file of a name. Rename one of them: file#name does not suffice.",
                        "steps.json: steps[0].archives: two files are called 'x.zip', and YARN distributes only one file"
                                + " of a name. Rename one of them: file#name does not suffice.");
        assertThat(fixture.withRules(LOCAL).problems(file)).isEmpty();
    }
}
