package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import java.util.function.Function;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** A Describe operation of EC2: requested ids (which must exist), filters and pagination. */
final class DescribeOperation<T> {
    private final String element;
    private final String idKey;
    private final Function<T, String> idOf;
    private final Function<String, AwsError> notFound;
    private final Filters<T> filters;
    private final Function<T, Fields> fields;

    DescribeOperation(
            String element,
            String idKey,
            Function<T, String> idOf,
            Function<String, AwsError> notFound,
            Filters<T> filters,
            Function<T, Fields> fields) {
        this.element = element;
        this.idKey = idKey;
        this.idOf = idOf;
        this.notFound = notFound;
        this.filters = filters;
        this.fields = fields;
    }

    Fields describe(Tree request, List<T> all) {
        List<String> ids = request.texts(idKey);
        for (String requested : ids) {
            if (all.stream().noneMatch(resource -> idOf.apply(resource).equals(requested))) {
                throw notFound.apply(requested);
            }
        }
        List<T> selected = all.stream()
                .filter(resource -> ids.isEmpty() || ids.contains(idOf.apply(resource)))
                .toList();
        Page<T> page = page(request, filters.apply(request, selected));
        return Fields.of(element, page.elements().stream().map(fields).toList()).and("nextToken", page.next());
    }

    /** Without MaxResults, EC2 returns all results in one page. */
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
