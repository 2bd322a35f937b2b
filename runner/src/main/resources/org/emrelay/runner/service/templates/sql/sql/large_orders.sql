-- The input "orders" is a view. Its values come from data/orders.csv, with inferred types.
SELECT id, day, region, amount
FROM orders
WHERE amount >= :min_amount;
