package org.emrelay.runner.finding;

import java.util.Optional;

/** Recognizes one kind of finding. Advises a setting only if its present value explains what was measured. */
interface FindingRule {
    Optional<StepFinding> find(StepFacts facts);
}
