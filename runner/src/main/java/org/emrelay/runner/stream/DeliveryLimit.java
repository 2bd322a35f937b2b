package org.emrelay.runner.stream;

import org.emrelay.runner.model.StreamDefinition.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The maximum number of posts that the source may deliver since the stream's creation.
 *
 * @param end why the stream ends when the limit is reached
 */
record DeliveryLimit(long posts, StreamEnd end) {

    /** Converts the cost limit to the number of posts that it pays for, so that it is never exceeded. */
    static DeliveryLimit of(Limits limits, @Nullable Double dollarsPerPost) {
        long posts = limits.posts() == null ? Long.MAX_VALUE : limits.posts();
        if (limits.cost() == null || dollarsPerPost == null || dollarsPerPost <= 0) {
            return new DeliveryLimit(posts, StreamEnd.POSTS_LIMIT);
        }
        // Adds a hundredth of a post, so that 20 dollars / 0.005 is 4,000 posts despite rounding.
        long payable = (long) Math.floor(limits.cost() / dollarsPerPost + 0.01);
        return payable < posts
                ? new DeliveryLimit(payable, StreamEnd.COST_LIMIT)
                : new DeliveryLimit(posts, StreamEnd.POSTS_LIMIT);
    }
}
