package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.emrelay.runner.model.Problem;
import org.junit.jupiter.api.Test;

final class ProblemReportTest {
    private static final ProblemReport REPORT = new ProblemReport(List.of(
            Problem.warning("cluster.json", "Ec2SubnetIds", "may not be yours.", "Name your own."),
            Problem.error("steps.json", "", "file is empty.", ""),
            Problem.error("steps.json", "steps[0].name", "required key is missing.", "Add it.")));

    @Test
    void printsErrorsBeforeWarnings() throws IOException {
        assertThat(RenderedReport.text(REPORT)).isEqualTo("""
                steps.json: file is empty.
                steps.json: steps[0].name: required key is missing. Add it.
                warning: cluster.json: Ec2SubnetIds: may not be yours. Name your own.
                """);
    }

    @Test
    void keepsTheOrderOfProblemsInJson() throws IOException {
        assertThat(RenderedReport.json(REPORT)).isEqualTo("""
                {
                  "problems" : [
                    {
                      "severity" : "warning",
                      "file" : "cluster.json",
                      "path" : "Ec2SubnetIds",
                      "message" : "may not be yours.",
                      "hint" : "Name your own."
                    },
                    {
                      "severity" : "error",
                      "file" : "steps.json",
                      "path" : "",
                      "message" : "file is empty.",
                      "hint" : null
                    },
                    {
                      "severity" : "error",
                      "file" : "steps.json",
                      "path" : "steps[0].name",
                      "message" : "required key is missing.",
                      "hint" : "Add it."
                    }
                  ]
                }
                """);
    }

    @Test
    void printsNothingWithoutProblems() throws IOException {
        assertThat(RenderedReport.text(new ProblemReport(List.of()))).isEmpty();
    }

    /** A generated file may have the same mistake in each of its steps; a terminal holds some hundred lines. */
    @Test
    void printsTheFirst200ProblemsAndACount() throws IOException {
        List<Problem> problems = new ArrayList<>();
        problems.add(Problem.warning("steps.json", "steps[0]", "is old.", ""));
        for (int i = 0; i < 100_000; i++) {
            problems.add(Problem.error("steps.json", "steps[" + i + "].name", "required key is missing.", ""));
        }
        ProblemReport report = new ProblemReport(problems);

        assertThat(RenderedReport.text(report).lines())
                .hasSize(201)
                .startsWith("steps.json: steps[0].name: required key is missing.")
                .endsWith(
                        "steps.json: steps[199].name: required key is missing.",
                        "99,801 more problems. --output json prints all 100,001.");
        assertThat(report.document())
                .extractingByKey("problems")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(100_001);
    }

    @Test
    void printsOneMoreProblem() throws IOException {
        ProblemReport report =
                new ProblemReport(Collections.nCopies(201, Problem.error("steps.json", "a", "is bad.", "")));

        assertThat(RenderedReport.text(report))
                .isEqualTo("steps.json: a: is bad.\n".repeat(200) + "1 more problem. --output json prints all 201.\n");
    }

    @Test
    void showsTheLineOfASyntaxErrorWithACaret() {
        assertThat(excerpt("  \"a\": 1,", 8)).isEqualTo("""
                x.json: remove the comma.
                    "a": 1,
                          ^
                """);
        assertThat(excerpt("\t\t\"a\": x", 7)).isEqualTo("""
                x.json: remove the comma.
                    "a": x
                         ^
                """);
    }

    @Test
    void theCaretIsBelowItsCharacterAfterWideAndUnsafeOnes() {
        assertThat(excerpt("\"日本\u001b[31m\" x", 10)).isEqualTo("""
                x.json: remove the comma.
                  "日本\\u001b[31m" x
                                   ^
                """);
    }

    @Test
    void cutsALongLineAroundTheCaret() {
        String line = "[" + "1, ".repeat(1000) + ", 2" + ", 3".repeat(1000) + "]";

        String text = excerpt(line, 3001);

        assertThat(text.lines())
                .hasSize(3)
                .allSatisfy(shown -> assertThat(shown.length()).isLessThan(110));
        assertThat(text).containsPattern("\n  …(, 1|1, | ){2,}.*, 2, 3.*…\n {53}\\^\n");
    }

    private static String excerpt(String line, int index) {
        Problem problem =
                Problem.error("x.json", "", "remove the comma.", "").withExcerpt(new Problem.Excerpt(line, index));
        return new ProblemReport(List.of(problem)).text();
    }
}
