package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.Requirement;
import org.emrelay.runner.model.Requirement.Line;
import org.emrelay.runner.model.Requirement.PackageDirectory;
import org.emrelay.runner.model.Requirement.PackageFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequirementsParserTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory)
                .file("job.py")
                .jar("jobs.jar", "org.example.Main")
                .file("dist/words-1.0-py3-none-any.whl")
                .file("lib/__init__.py");
    }

    @Test
    void aFileIsNormalisedWithTheFilesThatItIncludes() {
        fixture.file("python/base.txt", "pyarrow==17.0.0\n").file("python/limits.txt", "numpy<2\n");
        fixture.file("python/requirements.txt", """
            \uFEFF# what the step needs
            pandas  ==2.2.3   # exactly
              requests[socks] >=2 ; \\
                python_version < "3.12"

            -r base.txt
            --constraint=limits.txt
            --find-links ../dist
            --extra-index-url https://${TOKEN}@packages.example.org/simple#python
            ../dist/words-1.0-py3-none-any.whl ; sys_platform == 'linux'
            lib @ git+https://git.example.org/lib.git@v1
            """);

        assertThat(dependencies("\"requirements\": \"python/requirements.txt\", \"python\": \"3.11\""))
                .isEqualTo(new PythonDependencies<Requirement>(
                        List.of(
                                new Line("pandas ==2.2.3"),
                                new Line("requests[socks] >=2 ; python_version < \"3.12\""),
                                new Line("pyarrow==17.0.0"),
                                new PackageDirectory(directory.resolve("dist")),
                                new Line("--extra-index-url https://${TOKEN}@packages.example.org/simple#python"),
                                new PackageFile("", wheel(), " ; sys_platform == 'linux'"),
                                new Line("lib @ git+https://git.example.org/lib.git@v1")),
                        List.of("numpy<2"),
                        "3.11"));
    }

    @Test
    void aListIsRelativeToTheStepsFile() {
        assertThat(dependencies("\"requirements\": [\"pandas\", \"words @ file://" + directory
                        + "/dist/words-1.0-py3-none-any.whl\", \"./dist/words-1.0-py3-none-any.whl[extra]\"]"))
                .isEqualTo(new PythonDependencies<Requirement>(
                        List.of(
                                new Line("pandas"),
                                new PackageFile("words @ file://", wheel(), ""),
                                new PackageFile("", wheel(), "[extra]")),
                        List.of(),
                        ""));
    }

    @Test
    void aStepReplacesTheDefaultsWhichApplyToPythonOnly() {
        String file = """
            {"defaults": {"requirements": ["pandas"], "python": "3.9"},
             "steps": [{"name": "a", "script_uri": "job.py"},
                       {"name": "b", "script_uri": "job.py", "requirements": [], "python": "3.11"},
                       {"name": "c", "script_uri": "jobs.jar", "main_class": "org.example.Main"}]}
            """;
        List<Program> programs = fixture.parse(file).usable().orElseThrow().steps().stream()
                .map(step -> step.program())
                .toList();

        assertThat(((Program.Python) programs.get(0)).dependencies())
                .isEqualTo(new PythonDependencies<Requirement>(List.of(new Line("pandas")), List.of(), "3.9"));
        assertThat(((Program.Python) programs.get(1)).dependencies())
                .isEqualTo(new PythonDependencies<Requirement>(List.of(), List.of(), "3.11"));
        assertThat(fixture.problems(file)).isEmpty();
    }

    @Test
    void reportsWhatIsWrongWithTheLines() {
        fixture.file("loop.txt", "-r loop.txt\n").file("bad.txt", "pandas 2.2\n\n-c limits.txt\n-e ../lib\n");
        fixture.file("limits.txt", "-r bad.txt\n").file("latin.txt", new byte[] {(byte) 0xfc});

        assertThat(problems("\"requirements\": \"bad.txt\""))
                .containsExactly(
                        "bad.txt, line 1: 'pandas 2.2' is not a requirement. Example: pandas==2.2.3.",
                        "limits.txt, line 1: '-r bad.txt' is not a constraint. Example: pandas<3.",
                        "bad.txt, line 4: '-e ../lib' is an editable installation, which a cluster could not reproduce."
                                + " Build a wheel and name it (python3 -m pip wheel --no-deps DIRECTORY), or list the"
                                + " directory of the modules in py_files.");
        assertThat(problems("\"requirements\": \"loop.txt\""))
                .containsExactly("DIR/loop.txt includes itself. Remove that line.");
        assertThat(problems("\"requirements\": \"latin.txt\""))
                .containsExactly("DIR/latin.txt is not valid UTF-8. Save it as UTF-8.");
        assertThat(problems("\"requirements\": \"requirement.txt\""))
                .containsExactly("file DIR/requirement.txt not found.");
        assertThat(problems("\"requirements\": \"s3://bucket/requirements.txt\""))
                .containsExactly("'s3://bucket/requirements.txt' is not a local file. Use a local copy.");
        assertThat(problems("\"requirements\": 7")).containsExactly("must be a string or a list, not the number 7.");
    }

    @Test
    void aFileIncludesOtherFiles() {
        fixture.file("src/a.py").file("empty.txt", "-r\n").file("uri.txt", "-r https://example.org/r.txt\n");
        fixture.file("directory.txt", "-c src\n").file("secret.txt", "HTTPS://me:secret@example.org/a.whl\n");

        assertThat(problems("\"requirements\": \"empty.txt\""))
                .containsExactly("empty.txt, line 1: '-r' names no file. Example: -r other.txt.");
        assertThat(problems("\"requirements\": \"uri.txt\""))
                .containsExactly("uri.txt, line 1: 'https://example.org/r.txt' is not a local file. Use a local copy.");
        assertThat(problems("\"requirements\": \"directory.txt\""))
                .containsExactly("DIR/src is a directory, not a file.");
        assertThat(problems("\"requirements\": \"secret.txt\""))
                .containsExactly(
                        "secret.txt, line 1: the URI contains a password, which plans and the records of runs would"
                                + " show. Use ${NAME}, and set the environment variable NAME.");
    }

    @Test
    void reportsWhatIsWrongWithAList() {
        assertThat(fixture.problems(step("\"requirements\": [\"./lib\", \"dist/wrds-1.0-py3-none-any.whl\", \"# none\","
                        + " \"--find-links lnks\", \"--index-url https://me:secret@packages.example.org/simple\", 7]")))
                .containsExactly(
                        "steps.json: steps[0].requirements[0]: './lib' is a directory, which a cluster could not"
                                + " reproduce. Build a wheel and name it (python3 -m pip wheel --no-deps DIRECTORY), or"
                                + " list the directory of the modules in py_files.",
                        "steps.json: steps[0].requirements[1]: file DIR/dist/wrds-1.0-py3-none-any.whl not found. Did"
                                + " you mean 'words-1.0-py3-none-any.whl'?",
                        "steps.json: steps[0].requirements[2]: must not be empty. Example: pandas==2.2.3.",
                        "steps.json: steps[0].requirements[3]: directory DIR/lnks not found.",
                        "steps.json: steps[0].requirements[4]: the URI contains a password, which plans and the"
                                + " records of runs would show. Use ${NAME}, and set the environment variable NAME.",
                        "steps.json: steps[0].requirements[5]: must be a string, not the number 7.");
    }

    @Test
    void theVersionIsOneThatSparkSupports() {
        assertThat(fixture.problems(step("\"python\": \"3.11.4\"")))
                .containsExactly("steps.json: steps[0].python: '3.11.4' is not a version such as 3.11.");
        assertThat(fixture.problems(step("\"python\": \"3.7\"")))
                .containsExactly("steps.json: steps[0].python: Spark 3.5 needs Python 3.8 or later, not 3.7.");
        assertThat(fixture.problems(
                        step("\"python\": \"3.9\", \"spark_conf\": {\"spark.pyspark.python\": \"python3.9\"}")))
                .containsExactly("steps.json: steps[0].python: spark_conf also names an interpreter"
                        + " (spark.pyspark.python). Remove one of them.");
        assertThat(fixture.problems("{\"steps\": [{\"name\": \"a\", \"script_uri\": \"jobs.jar\", \"main_class\":"
                        + " \"org.example.Main\", \"python\": \"3.9\", \"requirements\": [\"pandas\"]}]}"))
                .containsExactly(
                        "steps.json: steps[0].requirements: the step runs no Python script. Remove it.",
                        "steps.json: steps[0].python: the step runs no Python script. Remove it.");
    }

    @Test
    void aDirectoryOfModulesContainsNoLinkToItself() throws IOException {
        fixture.file("src/cleaning/clean.py");
        Files.createSymbolicLink(directory.resolve("src/cleaning/again"), directory.resolve("src"));

        assertThat(fixture.problems(step("\"py_files\": [\"src\"]")))
                .containsExactly("steps.json: steps[0].py_files[0]: the link DIR/src/cleaning/again leads back to a"
                        + " directory that contains it. Remove it.");
    }

    @Test
    void aDirectoryOfModulesIsZipped() {
        fixture.file("src/cleaning/clean.py").file("docs/README.md").file("my-lib/__init__.py");
        fixture.file("native/fast.py").file("native/fast.so");

        assertThat(fixture.parse(step("\"py_files\": [\"src\", \"lib\"]"))
                        .usable()
                        .orElseThrow()
                        .steps()
                        .get(0)
                        .settings()
                        .files()
                        .values())
                .first()
                .asString()
                .contains(
                        "Modules[directory=" + directory.resolve("src"),
                        "Modules[directory=" + directory.resolve("lib"));
        assertThat(fixture.problems(step("\"py_files\": [\"docs\", \"my-lib\", \"native\"]")))
                .containsExactly(
                        "steps.json: steps[0].py_files[0]: directory DIR/docs contains no Python module. Name a"
                                + " directory that does.",
                        "steps.json: steps[0].py_files[1]: DIR/my-lib is a Python package (it has an __init__.py), but"
                                + " 'my-lib' is not a name that can be imported. Rename it, or remove its __init__.py if"
                                + " its modules are imported by their own names.",
                        "steps.json: steps[0].py_files[2]: directory DIR/native contains the native library fast.so,"
                                + " which Python cannot import from a zip. Build a wheel, and name it in requirements.");
    }

    @Test
    void yarnDistributesOneZipOfAName() {
        fixture.file("a/lib/x.py").file("b/lib/y.py");

        assertThat(fixture.withRules(new PlatformRules(true, false, true))
                        .problems(step("\"py_files\": [\"a/lib\", \"b/lib\"]")))
                .containsExactly("steps.json: steps[0].py_files: two files are called 'lib.zip', and YARN distributes"
                        + " only one file of a name. Rename one of them.");
    }

    private FileRef.Local wheel() {
        return new FileRef.Local(directory.resolve("dist/words-1.0-py3-none-any.whl"));
    }

    private PythonDependencies<Requirement> dependencies(String settings) {
        return ((Program.Python) fixture.parse(step(settings))
                        .usable()
                        .orElseThrow()
                        .steps()
                        .get(0)
                        .program())
                .dependencies();
    }

    private List<String> problems(String settings) {
        return fixture.problems(step(settings)).stream()
                .map(problem -> problem.replace("steps.json: steps[0].requirements: ", ""))
                .toList();
    }

    private static String step(String settings) {
        return "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\", " + settings + "}]}";
    }
}
