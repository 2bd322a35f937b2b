SELECT region, count(*) AS orders, round(sum(amount), 2) AS revenue
FROM large_orders
GROUP BY region
ORDER BY revenue DESC;
