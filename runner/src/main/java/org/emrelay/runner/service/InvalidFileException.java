package org.emrelay.runner.service;

import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.report.ProblemReport;

/** A command needs files that have errors. */
public final class InvalidFileException extends RunnerException {
    private static final long serialVersionUID = 1L;

    /** Not serialized: exceptions stay in this process. */
    private final transient List<Problem> problems;

    public InvalidFileException(List<Problem> problems) {
        super(ExitCode.INVALID_FILE, new ProblemReport(problems).text().stripTrailing());
        this.problems = List.copyOf(problems);
    }

    public ProblemReport report() {
        return new ProblemReport(problems);
    }
}
