package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.model.Template;

/** Makes templates of their parts, and refuses those that must not reach a command. */
final class Templates {
    private final Target target;
    private final UriChecks places;
    private final Problems problems;

    Templates(Target target, UriChecks places, Problems problems) {
        this.target = target;
        this.places = places;
        this.problems = problems;
    }

    Template checked(List<Template.Part> parts, String path) {
        Template template = new Template(merged(parts));
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Literal literal) {
                places.checkText(literal.text(), path);
            } else if (part instanceof Template.Secret secret) {
                places.checkText(secret.text(), path);
            }
        }
        if (target == Target.EMR && template.isSecret()) {
            problems.error(
                    path,
                    "is secret by its name, and EMR shows the command of a step to everybody who may look at the cluster.",
                    "Let the role of the cluster's nodes give access, or let the script read it from AWS Secrets Manager.");
        }
        return template;
    }

    /** The same text always as the same parts, however many parameters it was put together from. */
    private static List<Template.Part> merged(List<Template.Part> parts) {
        List<Template.Part> merged = new ArrayList<>();
        for (Template.Part part : parts) {
            Template.Part last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last instanceof Template.Literal before && part instanceof Template.Literal literal) {
                merged.set(merged.size() - 1, new Template.Literal(before.text() + literal.text()));
            } else if (last instanceof Template.Secret before && part instanceof Template.Secret secret) {
                merged.set(merged.size() - 1, new Template.Secret(before.text() + secret.text()));
            } else {
                merged.add(part);
            }
        }
        return merged.isEmpty() ? List.of(new Template.Literal("")) : merged;
    }
}
