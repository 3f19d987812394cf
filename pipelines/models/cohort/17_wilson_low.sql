-- Lower end of the Wilson 95 % interval of met out of n, null when n = 0. 1.959963984540054 is the normal quantile.
create macro wilson_low(met, n) as (
    case when n > 0 then greatest(0.0, (
        met / n + 1.959963984540054 ^ 2 / (2 * n)
        - 1.959963984540054 * sqrt((met / n) * (1 - met / n) / n + 1.959963984540054 ^ 2 / (4 * n * n))
    ) / (1 + 1.959963984540054 ^ 2 / n)) end
)
