package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import java.util.function.Function;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The form that all of EC2's listings share: ids that must exist, filters, pages. */
final class Listing<T> {
    private final String element;
    private final String idKey;
    private final Function<T, String> id;
    private final Function<String, AwsError> missing;
    private final Filters<T> filters;
    private final Function<T, Fields> fields;

    Listing(
            String element,
            String idKey,
            Function<T, String> id,
            Function<String, AwsError> missing,
            Filters<T> filters,
            Function<T, Fields> fields) {
        this.element = element;
        this.idKey = idKey;
        this.id = id;
        this.missing = missing;
        this.filters = filters;
        this.fields = fields;
    }

    Fields of(Tree request, List<T> all) {
        List<String> ids = request.texts(idKey);
        for (String wanted : ids) {
            if (all.stream().noneMatch(resource -> id.apply(resource).equals(wanted))) {
                throw missing.apply(wanted);
            }
        }
        List<T> chosen = all.stream()
                .filter(resource -> ids.isEmpty() || ids.contains(id.apply(resource)))
                .toList();
        Page<T> page = page(request, filters.apply(request, chosen));
        return Fields.of(element, page.elements().stream().map(fields).toList()).and("nextToken", page.next());
    }

    /** Without MaxResults EC2 answers all at once. */
    static <T> Page<T> page(Tree request, List<T> all) {
        int size = request.number("MaxResults", Integer.MAX_VALUE / 2);
        if (size < 5) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Value ( " + size + " ) for parameter maxResults is invalid. Expecting a value greater than 5.");
        }
        return Page.of(all, request.text("NextToken"), size);
    }
}
