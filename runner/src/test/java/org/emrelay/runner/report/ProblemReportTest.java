package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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
}
