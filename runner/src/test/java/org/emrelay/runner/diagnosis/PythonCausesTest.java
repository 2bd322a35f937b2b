package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Failures of Python scripts, from real PySpark logs. */
final class PythonCausesTest {

    @Test
    void namesAMissingModule() {
        assertThat(SampleLog.cause("python-import.log"))
                .contains(new Cause(
                        "ModuleNotFoundError: No module named 'sparknlp'",
                        1,
                        4,
                        "Add the module to the step's py_files, or install it on every node in the bootstrap action."));
    }

    @Test
    void findsASyntaxErrorWithoutATraceback() {
        assertThat(SampleLog.cause("python-syntax.log")).contains(new Cause("SyntaxError: invalid syntax", 1, 4, ""));
    }

    @Test
    void namesAMissingScript() {
        assertThat(SampleLog.cause("python-script-missing.log"))
                .contains(new Cause(
                        "python3: can't open file '/home/ada/titles/count_word.py': [Errno 2] No such file or directory",
                        1,
                        1,
                        "Check the step's script_uri."));
    }

    @Test
    void namesAMissingArgument() {
        assertThat(SampleLog.cause("python-arguments.log"))
                .contains(
                        new Cause("count_words.py: error: the following arguments are required: --titles", 15, 15, ""));
    }

    @Test
    void namesAMissingFile() {
        assertThat(SampleLog.cause("python-missing-file.log"))
                .contains(new Cause(
                        "FileNotFoundError: [Errno 2] No such file or directory: '/home/ada/titles/stopwords.txt'",
                        14,
                        17,
                        "Check the path of the input, and that the upstream step wrote to it."));
    }

    @Test
    void dropsTheQueryPlanBelowAMissingColumn() {
        assertThat(SampleLog.cause("python-missing-column.log"))
                .contains(new Cause(
                        "pyspark.errors.exceptions.captured.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `titel` cannot be resolved. Did you mean one of the following? [`title`].",
                        15,
                        22,
                        "Compare the name with the actual columns of the input."));
    }

    @Test
    void theExceptionOfAUdfIsTheCause() {
        assertThat(SampleLog.cause("python-udf.log"))
                .contains(new Cause("ValueError: title 3 has no language", 23, 26, ""));
    }

    @Test
    void theExceptionOfATaskWinsOverAPy4JJavaError() {
        assertThat(SampleLog.cause("python-py4j.log"))
                .contains(new Cause("ValueError: title 3 has no language", 21, 34, ""));
    }

    @Test
    void theFirstOfTwoChainedTracebacksIsTheCause() {
        assertThat(SampleLog.cause("python-direct-cause.log")).contains(new Cause("""
                ValueError: invalid literal for int() with base 10: 'x'
                which led to RuntimeError: cannot read --max-words""", 14, 24, ""));
    }

    @Test
    void namesBothErrorsIfOneOccursWhileTheOtherIsHandled() {
        assertThat(SampleLog.cause("python-during-handling.log"))
                .contains(
                        new Cause("""
                pyspark.errors.exceptions.captured.AnalysisException: [PATH_NOT_FOUND] Path does not exist: file:/home/ada/titles/titles.parquet.
                which led to RuntimeError: first stage failed""", 15, 27, "Check the path of the input, and that the upstream step wrote to it."));
    }

    @Test
    void anOutOfMemoryErrorOfTheJvmWinsOverTheLostConnection() {
        assertThat(SampleLog.cause("python-jvm-died.log"))
                .contains(new Cause(
                        "java.lang.OutOfMemoryError: GC overhead limit exceeded",
                        2,
                        4,
                        "Raise the step's driver_memory, or write the result instead of collecting it."));
    }

    @Test
    void aLoggedOrIgnoredTracebackIsNotTheCause() {
        assertThat(SampleLog.cause("python-logged-warning.log")).contains(new Cause("KeyError: 'language'", 1, 4, ""));
    }

    @Test
    void readsALineInterleavedWithJvmOutput() {
        assertThat(SampleLog.cause("python-shared-stderr.log"))
                .contains(new Cause(
                        "pyspark.errors.exceptions.captured.NumberFormatException: For input string: \"x3\"",
                        14,
                        20,
                        ""));
    }
}
