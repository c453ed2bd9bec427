<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutCard</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Zoufang %1</source>
        <translation>走访 %1</translation>
    </message>
    <message>
        <source>It only suggests orders and places none. Tier and credit are set by head office.</source>
        <translation>本程序只提供订货建议，不会下单。档位和信用由总部确定。</translation>
    </message>
    <message>
        <source>Apache License 2.0. Built on Qt for Python (LGPL 3), SQLCipher (BSD), SQLAlchemy (MIT), reportlab (BSD) and others: see the file THIRD-PARTY.md. Font: Noto Sans SC (SIL Open Font License 1.1).</source>
        <translation>Apache License 2.0。使用 Qt for Python（LGPL 3）、SQLCipher（BSD）、SQLAlchemy（MIT）、reportlab（BSD）等，见 THIRD-PARTY.md 文件。字体：Noto Sans SC（SIL Open Font License 1.1）。</translation>
    </message>
    <message>
        <source>Demo territory (resources/sample_data/README.md):</source>
        <translation>演示片区（resources/sample_data/README.md）：</translation>
    </message>
</context>
<context>
    <name>AddPanel</name>
    <message>
        <source>Name, licence, phone, pinyin…</source>
        <translation>名称、许可证、电话、拼音…</translation>
    </message>
    <message>
        <source>Back to the day (Esc)</source>
        <translation>回到今天（Esc）</translation>
    </message>
    <message>
        <source>Shops that can be added</source>
        <translation>可以加入的客户</translation>
    </message>
    <message numerus="yes">
        <source>%n shop(s) found</source>
        <translation>
            <numerusform>找到 %n 户</numerusform>
        </translation>
    </message>
    <message>
        <source>No shop is found by that.</source>
        <translation>没有找到这样的客户。</translation>
    </message>
    <message>
        <source>Nearest shops that are not in the day</source>
        <translation>离得最近、今天没安排的客户</translation>
    </message>
    <message>
        <source>Every shop is in the day.</source>
        <translation>所有客户都已在今天。</translation>
    </message>
    <message>
        <source>Looking for shops…</source>
        <translation>正在查找客户…</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>In the day</source>
        <translation>已在今天</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
</context>
<context>
    <name>AdoptionWords</name>
    <message numerus="yes">
        <source>%n visit(s) with advice, %1 to %2</source>
        <translation>
            <numerusform>%n 次有建议的拜访（%1 至 %2）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 lines followed</source>
        <translation>%2 行采纳 %1 行</translation>
    </message>
    <message>
        <source>Advice of %1: no order came in its cycle</source>
        <translation>%1 的建议：当周期没有订单</translation>
    </message>
    <message>
        <source>Advice of %1, order of %2: %3 of %4 lines followed</source>
        <translation>%1 的建议，%2 的订单：%4 行采纳 %3 行</translation>
    </message>
    <message numerus="yes">
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>还有 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: advised %2, ordered %3</source>
        <translation>%1：建议 %2，实订 %3</translation>
    </message>
    <message>
        <source>as much as was allowed</source>
        <translation>已订足可订量</translation>
    </message>
    <message>
        <source>none left at the next count</source>
        <translation>下次盘点已断货</translation>
    </message>
    <message>
        <source>bought again since</source>
        <translation>之后又订过</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>AdviceNotice</name>
    <message>
        <source>Learning from the orders of the territory, once a week: the suggestions follow in a moment.</source>
        <translation>正在学习本片区的订单(每周一次)，建议稍后显示。</translation>
    </message>
    <message>
        <source>Show without</source>
        <translation>不等待，先显示</translation>
    </message>
    <message>
        <source>Nothing is learnt from the territory yet: until you use them, the suggestions may change.</source>
        <translation>尚未学习本片区的订单：采用之前，建议数量可能变化。</translation>
    </message>
    <message>
        <source>What was agreed stays: %1. Counted anew it would be %2.</source>
        <translation>已商定的数量不变：%1。重新计算为 %2。</translation>
    </message>
    <message>
        <source>This is what you asked for: %2. What was agreed stays until you use it: %1.</source>
        <translation>按您的要求试算为 %2。采用之前，已商定的数量不变：%1。</translation>
    </message>
    <message>
        <source>Take the new figures over</source>
        <translation>改用新数量</translation>
    </message>
    <message>
        <source>Taken over: %2 instead of %1.</source>
        <translation>已改用新数量：%2，原为 %1。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>AdviceWhatIf</name>
    <message>
        <source>%1 above the limit</source>
        <translation>超出总量 %1</translation>
    </message>
    <message>
        <source>%1 above the budget</source>
        <translation>超出预算 %1</translation>
    </message>
    <message>
        <source>Numbers typed by hand stay as they are: lower some of them.</source>
        <translation>手工填写的数量不会自动调整，请自行调低。</translation>
    </message>
    <message>
        <source>Not out of stock</source>
        <translation>不断货率</translation>
    </message>
    <message>
        <source>Chance that nothing runs out before the delivery after next</source>
        <translation>到下下次到货为止不断货的概率</translation>
    </message>
    <message>
        <source>In all, %1</source>
        <translation>总量（%1）</translation>
    </message>
    <message>
        <source>Budget, %1</source>
        <translation>预算（%1）</translation>
    </message>
    <message>
        <source>money</source>
        <translation>元</translation>
    </message>
    <message>
        <source>At most so many in all</source>
        <translation>本次合计最多订多少</translation>
    </message>
    <message>
        <source>What the shop wants to spend at most</source>
        <translation>店主这次最多想花多少钱</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no limit</comment>
        <translation>不限</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>恢复常规</translation>
    </message>
    <message>
        <source>Take back the limits and the service level</source>
        <translation>撤销总量、预算和不断货率的假设</translation>
    </message>
</context>
<context>
    <name>AdviceWhy</name>
    <message>
        <source>Why this suggestion?</source>
        <translation>为什么这样建议？</translation>
    </message>
    <message>
        <source>Why no suggestion?</source>
        <translation>为什么没有建议？</translation>
    </message>
    <message>
        <source>Why %1?</source>
        <translation>为什么建议订 %1？</translation>
    </message>
    <message>
        <source>Bought in 12 weeks, and the next three</source>
        <translation>近 12 周购进与后三周预测</translation>
    </message>
    <message>
        <source>Rounded</source>
        <translation>取整</translation>
    </message>
    <message>
        <source>Allowed limit</source>
        <translation>按可订量限定</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Week until %1: %2</source>
        <translation>截至 %1 的一周：%2</translation>
    </message>
    <message>
        <source>Limit in all</source>
        <translation>总量或预算所限</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>AdviceWords</name>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>12 weeks</source>
        <translation>近 12 周</translation>
    </message>
    <message>
        <source>On hand</source>
        <translation>现存</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>可订量</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>price and its unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>+%1 ordered</source>
        <translation>已订 %1</translation>
    </message>
    <message>
        <source>Per week</source>
        <translation>预测周销</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全库存</translation>
    </message>
    <message>
        <source>Suggest</source>
        <translation>建议订</translation>
    </message>
    <message>
        <source>no count</source>
        <translation>未清点</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>断货</translation>
    </message>
    <message>
        <source>Stock-out risk</source>
        <translation>断货风险</translation>
    </message>
    <message>
        <source>May be out</source>
        <translation>可能断货</translation>
    </message>
    <message numerus="yes">
        <source>Slow: %n month(s)</source>
        <translation>
            <numerusform>滞销 %n 个月</numerusform>
        </translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>限订 %1</translation>
    </message>
    <message>
        <source>No past</source>
        <translation>无历史</translation>
    </message>
    <message>
        <source>Counts differ</source>
        <translation>清点有出入</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>未清点</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>推算</translation>
    </message>
    <message>
        <source>Counted zero: the shelf is empty.</source>
        <translation>清点为 0，货架已空。</translation>
    </message>
    <message numerus="yes">
        <source>What is there lasts about %n day(s).</source>
        <translation>
            <numerusform>现存约够卖 %n 天。</numerusform>
        </translation>
    </message>
    <message>
        <source>Usually ordered every %1 wk, the last time %2 wk ago: it may be out of stock.</source>
        <translation>平时约 %1 周订一次，已 %2 周未订，可能断货。</translation>
    </message>
    <message>
        <source>In %1 of the last %2 weeks it sold all that was allowed: demand was at least that.</source>
        <translation>近 %2 周中有 %1 周订足了可订量，需求至少有这么多。</translation>
    </message>
    <message>
        <source>Counted sale</source>
        <translation>周期实际销量</translation>
    </message>
    <message>
        <source>Expected sale</source>
        <translation>下一周期预测</translation>
    </message>
    <message>
        <source>Presumably there</source>
        <translation>推定余量</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>今天已订，在途</translation>
    </message>
    <message numerus="yes">
        <source>Not ordered for %n week(s): sell what is there first.</source>
        <translation>
            <numerusform>%n 周没有订货，先卖现存。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 less: limit</source>
        <translation>受限少 %1</translation>
    </message>
    <message>
        <source>Short before</source>
        <translation>此前订足</translation>
    </message>
    <message>
        <source>No more than %1 may be ordered; without the limit it would be %2.</source>
        <translation>可订量 %1；若不限，建议 %2。</translation>
    </message>
    <message>
        <source>The limit in all or the budget takes %1 off %2.</source>
        <translation>因总量或预算所限，%2 中少订 %1。</translation>
    </message>
    <message>
        <source>Never bought here: nothing can be forecast.</source>
        <translation>从未购进，无法预测。</translation>
    </message>
    <message>
        <source>Nobody counted the stock. The sum presumes what the last purchase leaves over if sales go as expected.</source>
        <translation>现存没有清点，按“上次购进减去预计销量”推定余量。</translation>
    </message>
    <message numerus="yes">
        <source>The stock is estimated from a count %n day(s) ago.</source>
        <translation>
            <numerusform>现存按 %n 天前的清点推算。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sales are estimated from purchases: two counts would show real sales.</source>
        <translation>销量按购进推算；有两次清点才能得到实际销量。</translation>
    </message>
    <message>
        <source>More was counted than could be there; the sales are estimated from purchases instead.</source>
        <translation>清点数比应有的多，销量改按购进推算。</translation>
    </message>
    <message>
        <source>Safety margin</source>
        <translation>安全余量</translation>
    </message>
    <message>
        <source>Sale of a cycle</source>
        <translation>下一周期预测</translation>
    </message>
    <message>
        <source>Until goods come</source>
        <translation>到货前预计销售</translation>
    </message>
    <message>
        <source>Safety stock</source>
        <translation>安全库存</translation>
    </message>
    <message>
        <source>Sell what is there</source>
        <translation>先卖现存</translation>
    </message>
    <message>
        <source>On hand, counted</source>
        <translation>现存（清点）</translation>
    </message>
    <message>
        <source>On hand, estimated</source>
        <translation>现存（推算）</translation>
    </message>
    <message>
        <source>Not below zero</source>
        <translation>不足零按零</translation>
    </message>
    <message>
        <source>Until goods come, while stock lasts</source>
        <translation>到货前（现存卖完为止）</translation>
    </message>
    <message>
        <source>from two counts (F28)</source>
        <translation>按两次清点（F28）</translation>
    </message>
    <message>
        <source>from purchases of 12 weeks</source>
        <translation>按近 12 周购进</translation>
    </message>
    <message>
        <source>Forecasts made so for each of the last 26 weeks were off by %1 of what was bought.</source>
        <translation>按此方法对最近 26 周逐周预测，误差为实际进货的 %1。</translation>
    </message>
    <message>
        <source>The past forecasts are being judged…</source>
        <translation>正在计算以往预测的误差…</translation>
    </message>
    <message>
        <source>Chance to run out between this delivery and the next on day %1: %2 with this suggestion.</source>
        <translation>按此建议，本次到货后到第 %1 天下次到货前断货的可能性为 %2。</translation>
    </message>
    <message>
        <source>It may be gone before the goods come.</source>
        <translation>到货前可能已卖完。</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Too few weeks to judge past forecasts.</source>
        <translation>历史太短，还不能评价预测。</translation>
    </message>
    <message>
        <source>With the last order&apos;s %1 it is %2.</source>
        <translation>若照上次订 %1，断货可能 %2。</translation>
    </message>
    <message>
        <source>The limit costs about %1 of sales before the next delivery.</source>
        <translation>受限预计少卖约 %1。</translation>
    </message>
    <message>
        <source>The limit costs about %1 of sales before the next delivery, %2 of margin.</source>
        <translation>受限预计少卖约 %1，少赚毛利 %2。</translation>
    </message>
    <message>
        <source>By the trade&apos;s rule: sale %1 (F28), safety stock %2 (F29), suggestion %3 (F30).</source>
        <translation>按行业公式：周期销量 %1（F28），安全库存 %2（F29），建议订货 %3（F30）。</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is no whole number of zero or more.</source>
        <translation>%1：“%2”不是零或正整数。</translation>
    </message>
    <message>
        <source>%1: no more than %2 may be ordered; the number before stays.</source>
        <translation>%1：可订量为 %2，仍按原来的数量。</translation>
    </message>
    <message>
        <source>Suggested: %1</source>
        <translation>原建议 %1</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>现为 %1</translation>
    </message>
    <message>
        <source>Not part of what was agreed. Counted anew, %1 would be suggested.</source>
        <translation>不在已商定的数量之内。重新计算建议 %1。</translation>
    </message>
    <message>
        <source>Kept as agreed: on hand %1, %2 sold a week, safety stock %3.</source>
        <translation>按商定时保留：现存 %1，周销 %2，安全库存 %3。</translation>
    </message>
    <message>
        <source>Counted anew, %1 would be suggested.</source>
        <translation>重新计算建议 %1。</translation>
    </message>
    <message>
        <source>Stock is enough</source>
        <translation>库存够</translation>
    </message>
    <message>
        <source>Lasts %1 weeks</source>
        <translation>够卖 %1 周</translation>
    </message>
    <message>
        <source>Stock is enough: nothing sells at present.</source>
        <translation>库存够，近期没有销量。</translation>
    </message>
    <message>
        <source>What is there lasts %1 weeks.</source>
        <translation>现存够卖 %1 周。</translation>
    </message>
</context>
<context>
    <name>AheadBox</name>
    <message>
        <source>%1, about %2 min</source>
        <translation>%1，约 %2 分钟</translation>
    </message>
    <message>
        <source>%1, less than a minute</source>
        <translation>%1，不到 1 分钟</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Goes up</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 photo(s) · %2</source>
        <translation>照片 %1 张 · %2</translation>
    </message>
    <message>
        <source>Comes down</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>not known: head office cannot be reached now</source>
        <translation>现在连不上总部，无法知道</translation>
    </message>
    <message>
        <source>about %1 records · about %2 packed</source>
        <translation>约 %1 条 · 压缩后约 %2</translation>
    </message>
    <message>
        <source>Leaves this laptop</source>
        <translation>移出本机</translation>
    </message>
    <message>
        <source>%1 records · about %2 packed</source>
        <translation>%1 条 · 压缩后约 %2</translation>
    </message>
    <message>
        <source>Visit records</source>
        <translation>拜访记录</translation>
    </message>
    <message>
        <source>Planned stops</source>
        <translation>计划的拜访</translation>
    </message>
    <message>
        <source>Only looked: nothing was sent.</source>
        <translation>只是看一看，什么都没有上传。</translation>
    </message>
    <message>
        <source>At the speed last measured: up %1/s, down %2/s.</source>
        <translation>按最近测得的网速：上行 %1/秒，下行 %2/秒。</translation>
    </message>
    <message>
        <source>What the next sync would do</source>
        <translation>下次同步会做什么</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ArchiveCard</name>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Lock: kept by head office. Pencil: yours. Arrow: you propose, head office confirms.</source>
        <translation>锁：总部维护。铅笔：由你填写。箭头：你提出，总部确认。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>%1 is saved. The same is known of %2: is it one shop entered twice?</source>
        <translation>%1已保存。%2 的这一项与之相同或相近：是不是同一家店建了两次档？</translation>
    </message>
    <message>
        <source>%1 is saved, but it looks unusual. Please check it.</source>
        <translation>%1已保存，但与常见格式不同，请核对。</translation>
    </message>
    <message>
        <source>%1 is saved as a proposal; head office confirms it.</source>
        <translation>%1已保存，作为变更申请上报，由公司确认。</translation>
    </message>
    <message>
        <source>It must be %1 or more.</source>
        <translation>不能小于 %1。</translation>
    </message>
    <message>
        <source>Possible is %1 to %2.</source>
        <translation>可填 %1 到 %2。</translation>
    </message>
</context>
<context>
    <name>AssortmentCard</name>
    <message>
        <source>Order advice and assortment</source>
        <translation>订货建议落实与品规组合</translation>
    </message>
    <message>
        <source>No advice that an order could answer yet.</source>
        <translation>还没有可与订单比对的建议。</translation>
    </message>
</context>
<context>
    <name>AssortmentPanel</name>
    <message>
        <source>Assortment</source>
        <translation>品规组合</translation>
    </message>
    <message numerus="yes">
        <source>To add %n</source>
        <translation>
            <numerusform>可增 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To drop %n</source>
        <translation>
            <numerusform>可减 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Instead %n</source>
        <translation>
            <numerusform>可替代 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing with the shops that buy alike…</source>
        <translation>正在与购进相近的客户比较……</translation>
    </message>
    <message>
        <source>This shop is not supplied or does not trade at present: nothing is suggested.</source>
        <translation>该客户目前暂停供货或未在经营，不作建议。</translation>
    </message>
    <message>
        <source>No SKU that enough like shops sell is missing here.</source>
        <translation>相近客户普遍在售的品规，本店都有。</translation>
    </message>
    <message>
        <source>Nothing has lain still for three months.</source>
        <translation>没有三个月未动的品规。</translation>
    </message>
    <message>
        <source>No allowed quantity is below what a week sells.</source>
        <translation>没有可订量低于周销量的品规。</translation>
    </message>
</context>
<context>
    <name>AssortmentWords</name>
    <message numerus="yes">
        <source>%n SKU(s) bought in 13 weeks</source>
        <translation>
            <numerusform>近 13 周购进 %n 个品规</numerusform>
        </translation>
    </message>
    <message>
        <source>target %1: the middle of %2 shops of its class</source>
        <translation>目标 %1 个（同类 %2 户的中位数）</translation>
    </message>
    <message>
        <source>target %1: the middle of %2 shops of its size</source>
        <translation>目标 %1 个（同规模 %2 户的中位数）</translation>
    </message>
    <message>
        <source>target %1: the middle of %2 shops</source>
        <translation>目标 %1 个（%2 户的中位数）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>; wider than that, so what is added takes the place of another</source>
        <translation>；已宽于目标，新增宜一进一出</translation>
    </message>
    <message>
        <source>; the target is reached, so what is added takes the place of another</source>
        <translation>；已达到目标，新增应替换现有品规</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 of the %2 shops most like this one sell it</source>
        <translation>购进结构最相近的 %2 户中有 %1 户在售</translation>
    </message>
    <message>
        <source>a median of %1 a week</source>
        <translation>每周中位数 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n of them took it up in the last half year</source>
        <translation>
            <numerusform>其中 %n 户近半年内新上</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not ordered for %n week(s)</source>
        <translation>
            <numerusform>已 %n 周未订</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on hand</source>
        <translation>现存 %1</translation>
    </message>
    <message>
        <source>%1 of %2 like shops sell it</source>
        <translation>相近 %2 户中 %1 户在售</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>bought %1 a week, %2 allowed</source>
        <translation>近 13 周每周购进 %1，可订 %2</translation>
    </message>
    <message>
        <source>bought %1 a week, none to be had now</source>
        <translation>近 13 周每周购进 %1，目前无货可订</translation>
    </message>
    <message>
        <source>%1 a week bought here</source>
        <translation>本店每周购进 %1</translation>
    </message>
    <message>
        <source>no SKU of its class is near enough in price</source>
        <translation>同价类中没有价格相近的品规</translation>
    </message>
    <message>
        <source>%1 of the %2 like shops that sell the short one sell it too</source>
        <translation>在售缺货品规的 %2 户相近客户中 %1 户也售</translation>
    </message>
    <message>
        <source>in %1 of the orders with it</source>
        <translation>订该品规的订单中有 %1 同时订它</translation>
    </message>
    <message>
        <source>→ %1: %2</source>
        <translation>→ %1：%2</translation>
    </message>
    <message>
        <source>same class, same price</source>
        <translation>同价类、同价</translation>
    </message>
    <message>
        <source>same class, price %1</source>
        <translation>同价类、批发价 %1</translation>
    </message>
    <message>
        <source>first give it a place in sight and a clean price tag</source>
        <translation>先摆到显眼处并换上清楚的价签</translation>
    </message>
    <message>
        <source>order no more of it</source>
        <translation>暂不再订</translation>
    </message>
    <message>
        <source>sell the rest from a place at the counter</source>
        <translation>余货摆到柜台前销完</translation>
    </message>
    <message>
        <source>ask the company for support (D04-3)</source>
        <translation>向公司申请滞销支持（D04-3）</translation>
    </message>
    <message>
        <source>Key SKU</source>
        <translation>重点</translation>
    </message>
    <message>
        <source>New SKU</source>
        <translation>新品</translation>
    </message>
</context>
<context>
    <name>BackupsCard</name>
    <message>
        <source>Making a backup…</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>No backup could be made. Your data themselves are saved. %1</source>
        <translation>备份没有做成，但数据本身已保存。%1</translation>
    </message>
    <message>
        <source>%1 customers · %2 visits · %3 photos · %4</source>
        <translation>%1 客户 · %2 拜访 · %3 照片 · %4</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Made after each visit and at close, checked by opening them; encrypted like the data. Ten are kept.</source>
        <translation>每次拜访后和退出时自动备份，并打开核对；备份同样加密，保留最近十份。</translation>
    </message>
</context>
<context>
    <name>BrandPanel</name>
    <message>
        <source>Zoufang</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Every visit, guided and kept.</source>
        <translation>步步有引导，条条都留存</translation>
    </message>
    <message>
        <source>Works without a network</source>
        <translation>没有网络也能用</translation>
    </message>
    <message>
        <source>Encrypted on this laptop</source>
        <translation>数据加密存在本机</translation>
    </message>
    <message>
        <source>Nothing typed is lost</source>
        <translation>录入的内容不会丢</translation>
    </message>
</context>
<context>
    <name>BriefBody</name>
    <message>
        <source>Suggested topic</source>
        <translation>建议话题</translation>
    </message>
    <message>
        <source>Why today</source>
        <translation>为什么今天来</translation>
    </message>
    <message>
        <source>Tasks from head office</source>
        <translation>总部任务</translation>
    </message>
    <message>
        <source>Agreed last</source>
        <translation>上次约定</translation>
    </message>
    <message>
        <source>What fell</source>
        <translation>下滑的品规</translation>
    </message>
    <message>
        <source>May be out of stock</source>
        <translation>可能断货</translation>
    </message>
    <message>
        <source>Last visits</source>
        <translation>最近拜访</translation>
    </message>
    <message>
        <source>No visit is recorded yet.</source>
        <translation>还没有拜访记录。</translation>
    </message>
    <message>
        <source>Last 4 weeks</source>
        <translation>近四周购进</translation>
    </message>
    <message>
        <source>%1 on last year</source>
        <translation>同比 %1</translation>
    </message>
    <message>
        <source>Value per %1</source>
        <translation>单%1值</translation>
    </message>
    <message>
        <source>Slow SKUs</source>
        <translation>滞销品规</translation>
    </message>
    <message>
        <source>SKUs bought</source>
        <translation>购进品规</translation>
    </message>
    <message>
        <source>last year %1</source>
        <translation>去年 %1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未办</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>提升</translation>
    </message>
    <message>
        <source>No special reason today</source>
        <translation>今天没有特别的原因</translation>
    </message>
</context>
<context>
    <name>BriefCard</name>
    <message>
        <source>Start the visit</source>
        <translation>开始拜访</translation>
    </message>
    <message>
        <source>Go on with the visit</source>
        <translation>继续拜访</translation>
    </message>
    <message>
        <source>Look at the visit</source>
        <translation>查看拜访</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>访前简报</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What the day came to</source>
        <translation>今日小结</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>Show the route (Ctrl+M)</source>
        <translation>显示路线（Ctrl+M）</translation>
    </message>
    <message>
        <source>%1 ⏎</source>
        <translation>%1 ⏎</translation>
    </message>
    <message>
        <source>Reading the shop&apos;s data…</source>
        <translation>正在读取客户数据…</translation>
    </message>
    <message>
        <source>Licence %1</source>
        <translation>许可证 %1</translation>
    </message>
    <message>
        <source>valid to %1</source>
        <translation>有效至 %1</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>Hide the phone number</source>
        <translation>隐藏电话号码</translation>
    </message>
    <message>
        <source>Show the phone number</source>
        <translation>显示电话号码</translation>
    </message>
</context>
<context>
    <name>BriefWords</name>
    <message>
        <source>Orders today</source>
        <translation>订货日</translation>
    </message>
    <message numerus="yes">
        <source>Orders in %n day(s)</source>
        <translation>
            <numerusform>%n 天后订货</numerusform>
        </translation>
    </message>
    <message>
        <source>Never visited so far</source>
        <translation>还没有拜访过</translation>
    </message>
    <message numerus="yes">
        <source>Not visited for %n day(s)</source>
        <translation>
            <numerusform>%n 天未访</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n complaint(s) open</source>
        <translation>
            <numerusform>%n 件投诉待回复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agreed step(s) due</source>
        <translation>
            <numerusform>%n 项约定到期</numerusform>
        </translation>
    </message>
    <message>
        <source>Improvement of &apos;%1&apos; due %2</source>
        <translation>提升计划“%1”%2 到期</translation>
    </message>
    <message numerus="yes">
        <source>%n order cycle(s) missed in a row</source>
        <translation>
            <numerusform>连续 %n 期没有订货</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n main SKU(s) may be out of stock</source>
        <translation>
            <numerusform>%n 个主销品规可能断货</numerusform>
        </translation>
    </message>
    <message>
        <source>Purchases %1 against last year</source>
        <translation>近四周购进同比 %1</translation>
    </message>
    <message numerus="yes">
        <source>Licence ends in %n day(s)</source>
        <translation>
            <numerusform>许可证 %n 天后到期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Licence expired %n day(s) ago</source>
        <translation>
            <numerusform>许可证已过期 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Put on the day by hand</source>
        <translation>手动加入今天</translation>
    </message>
    <message>
        <source>The licence has expired: ask for the new one first.</source>
        <translation>许可证已过期：先问新证办得怎么样。</translation>
    </message>
    <message>
        <source>Answer the open complaint first.</source>
        <translation>先答复还没处理的投诉。</translation>
    </message>
    <message>
        <source>We promised &apos;%1&apos; and are late: settle it.</source>
        <translation>我们答应的“%1”已逾期：先把它办妥。</translation>
    </message>
    <message numerus="yes">
        <source>Ask why %n order cycle(s) were left out.</source>
        <translation>
            <numerusform>问问为什么 %n 期没有订货。</numerusform>
        </translation>
    </message>
    <message>
        <source>Check whether %1 can still be bought here.</source>
        <translation>看看店里还买得到 %1 吗。</translation>
    </message>
    <message numerus="yes">
        <source>The licence ends in %n day(s): help with the renewal.</source>
        <translation>
            <numerusform>许可证还剩 %n 天：帮助办理延续。</numerusform>
        </translation>
    </message>
    <message>
        <source>Look together at what became of the plan for &apos;%1&apos;.</source>
        <translation>一起看看“%1”的提升计划做得怎样。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; was worse than before: find the cause.</source>
        <translation>“%1”比上次差：找出原因。</translation>
    </message>
    <message>
        <source>%1 of the SKUs are slow (%2): talk about how to move them.</source>
        <translation>%1 的品规滞销（%2）：聊聊怎样动销。</translation>
    </message>
    <message>
        <source>%1 sells less than before: ask what customers take instead.</source>
        <translation>%1 卖得比以前少：问问顾客改买什么了。</translation>
    </message>
    <message>
        <source>Nothing is urgent: ask what sells better than last month, and why.</source>
        <translation>没有急事：问问哪些品规比上月好卖，为什么。</translation>
    </message>
    <message>
        <source>Purchases are %1 against last year: ask for the cause.</source>
        <translation>购进同比 %1：问问原因。</translation>
    </message>
    <message>
        <source>Purchases are %1 against last year, most of all %2: ask for the cause.</source>
        <translation>购进同比 %1，%2 降得最多：问问原因。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>我方</translation>
    </message>
    <message>
        <source>the shop&apos;s</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>head office&apos;s</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1, due %2</source>
        <translation>%1，%2 到期</translation>
    </message>
    <message>
        <source>%1 %2→%3</source>
        <translation>%1 %2→%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Too few weeks for a trend</source>
        <translation>周数不够，看不出走势</translation>
    </message>
    <message>
        <source>Rising: %1 in 8 weeks</source>
        <translation>上升：八周 %1</translation>
    </message>
    <message>
        <source>Steady: %1 in 8 weeks</source>
        <translation>平稳：八周 %1</translation>
    </message>
    <message>
        <source>Falling: %1 in 8 weeks</source>
        <translation>下降：八周 %1</translation>
    </message>
    <message>
        <source>8 weeks before</source>
        <translation>前八周</translation>
    </message>
    <message>
        <source>same weeks last year</source>
        <translation>去年同期</translation>
    </message>
    <message>
        <source>%1: %2 (%3: %4)</source>
        <translation>%1：%2（%3 %4）</translation>
    </message>
    <message>
        <source>%1: usually every %2 weeks, now %3 weeks ago</source>
        <translation>%1：平时约 %2 周进一次，这次已隔 %3 周</translation>
    </message>
    <message>
        <source>%1: no purchase for %2 weeks</source>
        <translation>%1：已 %2 周没有购进</translation>
    </message>
</context>
<context>
    <name>CadenceDialog</name>
    <message>
        <source>How often to visit</source>
        <translation>拜访频次</translation>
    </message>
    <message>
        <source>%1 is visited now: %2</source>
        <translation>%1 现按此频次拜访：%2</translation>
    </message>
    <message>
        <source>As the rules say</source>
        <translation>按规则</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CalendarCard</name>
    <message>
        <source>How much is shown</source>
        <translation>显示范围</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Papers and files of the plan</source>
        <translation>计划的表单和文件</translation>
    </message>
    <message>
        <source>Plan health (Ctrl+M)</source>
        <translation>计划健康度（Ctrl+M）</translation>
    </message>
    <message>
        <source>Plan this month</source>
        <translation>排本月计划</translation>
    </message>
    <message>
        <source>Reading the plan…</source>
        <translation>正在读取计划…</translation>
    </message>
    <message>
        <source>Re-order from here</source>
        <translation>从此刻重排</translation>
    </message>
    <message>
        <source>When each stop is reached from now on, and which ones do not fit any more</source>
        <translation>从现在起各站几点到、哪几户来不及</translation>
    </message>
    <message>
        <source>Shortest order</source>
        <translation>最短顺序</translation>
    </message>
    <message>
        <source>Calendar of the visits</source>
        <translation>拜访日历</translation>
    </message>
    <message>
        <source>Sketch of the route, without streets</source>
        <translation>路线示意图，不含道路</translation>
    </message>
    <message>
        <source>The plan could not be read.</source>
        <translation>计划读取失败。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Month before (Page up)</source>
        <translation>上个月（PgUp）</translation>
    </message>
    <message>
        <source>Next month (Page down)</source>
        <translation>下个月（PgDown）</translation>
    </message>
    <message>
        <source>Week before (Page up)</source>
        <translation>上一周（PgUp）</translation>
    </message>
    <message>
        <source>Next week (Page down)</source>
        <translation>下一周（PgDown）</translation>
    </message>
    <message>
        <source>Day before (Page up)</source>
        <translation>前一天（PgUp）</translation>
    </message>
    <message>
        <source>Next day (Page down)</source>
        <translation>后一天（PgDown）</translation>
    </message>
    <message>
        <source>Nothing is planned on this day.</source>
        <translation>这一天没有安排拜访。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
</context>
<context>
    <name>CauseCard</name>
    <message>
        <source>Note on the cause</source>
        <translation>差异说明</translation>
    </message>
    <message>
        <source>What happened, in your words</source>
        <translation>当时的情况（自己的话）</translation>
    </message>
    <message>
        <source>In the table a number chooses, Del takes the cause away.</source>
        <translation>在表中按数字选择原因，Del 取消。</translation>
    </message>
    <message>
        <source>Why? %1</source>
        <translation>为什么？%1</translation>
    </message>
</context>
<context>
    <name>ChangeBox</name>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>ChangeWords</name>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>head office</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>on a visit</source>
        <translation>拜访时</translation>
    </message>
    <message>
        <source>in the archive</source>
        <translation>在档案里</translation>
    </message>
    <message>
        <source>practice data</source>
        <translation>练习数据</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>ClosingCover</name>
    <message>
        <source>Back to work</source>
        <translation>回去继续</translation>
    </message>
    <message>
        <source>Quit, the entry is lost</source>
        <translation>退出，放弃这一条</translation>
    </message>
    <message>
        <source>Quit without a backup</source>
        <translation>不备份，直接退出</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>现在退出</translation>
    </message>
    <message>
        <source>The last entry could not be saved</source>
        <translation>最后录入的内容没能保存</translation>
    </message>
    <message>
        <source>Everything before it is safe. Go back, free some space on the disk, and quit again.</source>
        <translation>之前的内容都是安全的。请回去腾出一些硬盘空间，再退出。</translation>
    </message>
    <message>
        <source>Your data themselves are saved.</source>
        <translation>数据本身已保存好。</translation>
    </message>
    <message>
        <source>No backup could be made</source>
        <translation>备份没有做成</translation>
    </message>
    <message>
        <source>Saved. Making a backup…</source>
        <translation>已保存，正在备份…</translation>
    </message>
    <message>
        <source>The copy is checked by opening it. The window closes by itself.</source>
        <translation>备份会打开核对一遍，完成后窗口自动关闭。</translation>
    </message>
    <message>
        <source>Saved and backed up. Sending what waits…</source>
        <translation>已保存并备份，正在上传待传的内容…</translation>
    </message>
    <message>
        <source>A few seconds at most; the rest goes up the next time. The window closes by itself.</source>
        <translation>最多几秒钟，剩下的下次再传；窗口会自动关闭。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>ComplaintBox</name>
    <message>
        <source>A complaint: we answer it in time</source>
        <translation>属于投诉，由我们按时答复</translation>
    </message>
    <message>
        <source>Adds an agreed step of ours that is due in two working days; a visit is planned for it.</source>
        <translation>加一条由我们在两个工作日内完成的约定，并为此安排拜访。</translation>
    </message>
    <message>
        <source>Answer the complaint: %1</source>
        <translation>答复投诉：%1</translation>
    </message>
    <message>
        <source>Answer the complaint</source>
        <translation>答复投诉</translation>
    </message>
</context>
<context>
    <name>ConflictBox</name>
    <message>
        <source>Field</source>
        <translation>栏目</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原来</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Head office</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>All: mine</source>
        <translation>全部用我的</translation>
    </message>
    <message>
        <source>All: head office&apos;s</source>
        <translation>全部用总部的</translation>
    </message>
    <message>
        <source>Use what I chose</source>
        <translation>就用我选的</translation>
    </message>
    <message>
        <source>Take the decision back</source>
        <translation>撤回决定</translation>
    </message>
    <message>
        <source>handed on: head office or the customer&apos;s manager decides</source>
        <translation>已移交：由总部或该客户的客户经理决定</translation>
    </message>
    <message>
        <source>decided, goes up next</source>
        <translation>已决定，下次上传</translation>
    </message>
    <message>
        <source>decided by you %1</source>
        <translation>你已决定 %1</translation>
    </message>
    <message>
        <source>decided by %2 %1</source>
        <translation>%2已决定 %1</translation>
    </message>
    <message>
        <source>head office</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>merged by itself</source>
        <translation>自动合并</translation>
    </message>
</context>
<context>
    <name>CounterStepper</name>
    <message>
        <source>One less</source>
        <translation>少一个</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>多一个</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>程序出了一个错误</translation>
    </message>
    <message>
        <source>What you entered before is on the disk. The program goes on running.</source>
        <translation>此前录入的内容都已保存在硬盘上，程序可以继续使用。</translation>
    </message>
    <message>
        <source>Try again what you were doing. If it happens again, send us this report: it names places in the program, nothing about customers or about you.</source>
        <translation>请把刚才的操作再做一次。如果再次出错，请把这份报告发给我们：里面只有程序出错的位置，没有客户或您本人的任何信息。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CriterionBox</name>
    <message>
        <source>by law</source>
        <translation>法规必查</translation>
    </message>
    <message>
        <source>Hard fail: the item is C</source>
        <translation>一票否决：整项判 C</translation>
    </message>
    <message>
        <source>✖ A C here makes the whole item C</source>
        <translation>✖ 此处判 C，整项即为 C</translation>
    </message>
</context>
<context>
    <name>CustomerFilterBar</name>
    <message>
        <source>Filter this list</source>
        <translation>在列表中筛选：名称、拼音、编码、许可证号…</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Fewer filters</source>
        <translation>收起筛选</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选</translation>
    </message>
    <message numerus="yes">
        <source>%n customer(s)</source>
        <translation>
            <numerusform>共 %n 户</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n customer(s)</source>
        <translation>
            <numerusform>%1 户 / 共 %n 户</numerusform>
        </translation>
    </message>
    <message>
        <source>Order day</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>业态</translation>
    </message>
    <message numerus="yes">
        <source>Not visited for %n day(s)</source>
        <translation>
            <numerusform>%n 天未访</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Licence ends within %n day(s)</source>
        <translation>
            <numerusform>许可证 %n 天内到期</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerListPanel</name>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>All shops on the map of the territory (Ctrl+M)</source>
        <translation>在片区地图上看全部客户（Ctrl+M）</translation>
    </message>
    <message>
        <source>No customer passes these filters.</source>
        <translation>没有符合筛选条件的客户。</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>There are no customers yet. Bring in the customer file of head office to begin.</source>
        <translation>还没有客户。先导入公司下发的客户文件。</translation>
    </message>
    <message>
        <source>Import customers…</source>
        <translation>导入客户…</translation>
    </message>
    <message>
        <source>Proposed changes: %1 decided</source>
        <translation>变更申请：%1 项已审定</translation>
    </message>
    <message>
        <source>Proposed changes %1</source>
        <translation>变更申请 %1</translation>
    </message>
</context>
<context>
    <name>CustomersPage</name>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Back to the list (Alt+Left)</source>
        <translation>回到列表（Alt+←）</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
</context>
<context>
    <name>CustomersTableModel</name>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Order day</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次拜访</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <source>Four weeks, %1</source>
        <translation>近四周（%1）</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未拜访</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DamagedForm</name>
    <message>
        <source>The old file is kept here: %1</source>
        <translation>原文件保存在：%1</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Start with an empty store</source>
        <translation>从空白数据库开始</translation>
    </message>
    <message>
        <source>Looking for backups…</source>
        <translation>正在查找备份…</translation>
    </message>
    <message>
        <source>There is no backup that can be read in the folder %1.</source>
        <translation>文件夹 %1 中没有可用的备份。</translation>
    </message>
    <message>
        <source>Made on %1, verified then. It holds %2 customers, %3 visits and %4 photo records.</source>
        <translation>备份于 %1，当时已核对。内有 %2 个客户、%3 次拜访、%4 条照片记录。</translation>
    </message>
    <message>
        <source>The data file is damaged</source>
        <translation>数据文件已损坏</translation>
    </message>
    <message>
        <source>It could not be read in full, so it was moved aside. It was not changed and not overwritten.</source>
        <translation>文件无法完整读取，已移到一旁保存，没有改动，也没有被覆盖。</translation>
    </message>
    <message>
        <source>Restore the newest backup</source>
        <translation>恢复最近的备份</translation>
    </message>
    <message>
        <source>The password at the time of that backup</source>
        <translation>做该备份时的密码</translation>
    </message>
</context>
<context>
    <name>DayField</name>
    <message>
        <source>&apos;%1&apos; is no day of the calendar: write it as 2026-12-05 or 12-5. The day of before stays.</source>
        <translation>“%1”不是有效日期，请写成 2026-12-05 或 12-5；原来的日期保留。</translation>
    </message>
    <message>
        <source>%1 is in the past: choose %2 or later. The day of before stays.</source>
        <translation>%1 已经过去，请选 %2 或以后；原来的日期保留。</translation>
    </message>
</context>
<context>
    <name>DayListCard</name>
    <message>
        <source>Shops of the day</source>
        <translation>今天的客户</translation>
    </message>
    <message>
        <source>Add a shop</source>
        <translation>添加客户</translation>
    </message>
    <message>
        <source>Add a shop that is near or that you look for (Ctrl+N)</source>
        <translation>添加附近的或想找的客户（Ctrl+N）</translation>
    </message>
    <message>
        <source>Tasks %1</source>
        <translation>任务 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) from head office are open (Ctrl+T)</source>
        <translation>
            <numerusform>总部任务 %n 项待办（Ctrl+T）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shop(s) may run out of a main SKU: show them first (Ctrl+U)</source>
        <translation>
            <numerusform>%n 户可能断主销品规：排到前面（Ctrl+U）</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the shops in the order of the way again (Ctrl+U)</source>
        <translation>按路线顺序显示（Ctrl+U）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>DaySummary</name>
    <message>
        <source>The day</source>
        <translation>今日小结</translation>
    </message>
    <message>
        <source>Every stop of today has ended.</source>
        <translation>今天的拜访都已结束。</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>路程</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>Not served</source>
        <translation>没有拜访成的</translation>
    </message>
    <message>
        <source>%1. Nothing counts as delivered until head office confirms it.</source>
        <translation>%1。总部确认之前都不算送达。</translation>
    </message>
    <message>
        <source>Nothing waits to be sent.</source>
        <translation>没有待上传的内容。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
</context>
<context>
    <name>DeskFilterBar</name>
    <message>
        <source>Find a name or code</source>
        <translation>查找名称或编码</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Difficult</source>
        <translation>难预测</translation>
    </message>
    <message>
        <source>Volatile</source>
        <translation>波动</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>稳定</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手改</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Large error</source>
        <translation>误差大</translation>
    </message>
</context>
<context>
    <name>DeskPanel</name>
    <message>
        <source>All SKUs</source>
        <translation>全部品规</translation>
    </message>
    <message>
        <source>Back to the SKUs (Esc)</source>
        <translation>返回品规（Esc）</translation>
    </message>
    <message>
        <source>Submit…</source>
        <translation>提交…</translation>
    </message>
    <message>
        <source>Shops that do not buy it yet</source>
        <translation>尚未购进的客户</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>所示合计</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Forecast %1</source>
        <translation>%1 预测</translation>
    </message>
    <message>
        <source>%1 · unit: %2</source>
        <translation>%1 · 单位：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s) · unit: %1</source>
        <translation>
            <numerusform>%n 个品规 · 单位：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>orders to the end of %1</source>
        <translation>订单截至 %1 月末</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Single shops were set by hand to more than that in all. Change them first (Enter).</source>
        <translation>单户手改的合计已超过这个数。请先修改各户（Enter）。</translation>
    </message>
    <message>
        <source>Nothing changed since the last version: there is nothing to submit.</source>
        <translation>上一版之后没有改动，无需提交。</translation>
    </message>
</context>
<context>
    <name>DeskSide</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1，最多 %2</translation>
    </message>
</context>
<context>
    <name>DeskTableModel</name>
    <message>
        <source>Low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>High</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Past error (WAPE)</source>
        <translation>以往误差(WAPE)</translation>
    </message>
    <message>
        <source>Error of the plain method (M5)</source>
        <translation>简单法(M5)误差</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>修正原因</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <translation>市场机会</translation>
    </message>
    <message>
        <source>“%1” is no whole number of zero or more: %2</source>
        <translation>“%1”不是零或正整数：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n shop(s)</source>
        <translation>
            <numerusform>%n 户</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s)</source>
        <translation>
            <numerusform>%n 个品规</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shop(s) by hand</source>
        <translation>
            <numerusform>%n 户手改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n own</source>
        <translation>
            <numerusform>%n 处手改</numerusform>
        </translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>Year before</source>
        <translation>去年同月</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Range (80%)</source>
        <translation>区间(80%)</translation>
    </message>
    <message>
        <source>Past error</source>
        <translation>以往误差</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Off system</source>
        <translation>与系统差</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>可订量</translation>
    </message>
    <message>
        <source>Six months</source>
        <translation>六个月</translation>
    </message>
    <message>
        <source>What the system expects; it never changes with your own figures.</source>
        <translation>系统的预测值；不会因您的修正而改变。</translation>
    </message>
    <message>
        <source>In four months of five the figure came between these two.</source>
        <translation>五个月中有四个月落在这个区间。</translation>
    </message>
    <message>
        <source>Σ |forecast − actual| ÷ Σ actual over the past year (WAPE)</source>
        <translation>近一年 Σ|预测 − 实际| ÷ Σ实际（WAPE）</translation>
    </message>
    <message>
        <source>Your own figure: type it. Del takes it back, F2 changes it.</source>
        <translation>本人预测：直接输入数字。Del 撤回，F2 修改。</translation>
    </message>
    <message>
        <source>What counts: your own figure where there is one, else the system&apos;s.</source>
        <translation>确定值：有本人预测的用本人预测，否则用系统值。</translation>
    </message>
    <message>
        <source>Final less system: what your corrections moved.</source>
        <translation>确定值减系统值：修正带来的变化。</translation>
    </message>
    <message>
        <source>Against what was submitted last, or forecast before.</source>
        <translation>与上次提交（或上次预测）相比。</translation>
    </message>
    <message>
        <source>The target of this month, from head office or your own.</source>
        <translation>本月目标：总部下达或本人填写。</translation>
    </message>
    <message>
        <source>What all shops together may order (可订量), where head office told it.</source>
        <translation>全部客户合计的可订量（总部下发时才有）。</translation>
    </message>
    <message>
        <source>Past error (WAPE) %1</source>
        <translation>以往误差(WAPE) %1</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>Save these shops as CSV…</source>
        <translation>将这些客户存为 CSV…</translation>
    </message>
    <message>
        <source>Shops behind the figure</source>
        <translation>指标涉及的客户</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>This figure is known for the territory as a whole only.</source>
        <translation>此指标只有片区合计，没有分户数据。</translation>
    </message>
    <message>
        <source>The last thirteen months</source>
        <translation>近十三个月</translation>
    </message>
</context>
<context>
    <name>DiagnosisCard</name>
    <message>
        <source>Diagnosis</source>
        <translation>诊断雷达</translation>
    </message>
    <message>
        <source>Not judged yet. The next visit makes the first diagnosis.</source>
        <translation>还没有诊断。下次拜访时做第一次诊断。</translation>
    </message>
    <message>
        <source>Diagnosis now and before</source>
        <translation>本次与上次诊断</translation>
    </message>
    <message>
        <source>%1 of %2 items judged anew; the others stand as before.</source>
        <translation>这次重判了 %2 项中的 %1 项，其余沿用上次。</translation>
    </message>
    <message>
        <source>vs last %1</source>
        <translation>比上次 %1</translation>
    </message>
</context>
<context>
    <name>DiagnosisLook</name>
    <message>
        <source>last</source>
        <translation>上次</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s); add one as evidence</source>
        <translation>
            <numerusform>%n 张照片，点此拍照取证</numerusform>
        </translation>
    </message>
    <message>
        <source>reason?</source>
        <translation>待写理由</translation>
    </message>
    <message>
        <source>✖ hard fail</source>
        <translation>✖ 一票否决</translation>
    </message>
    <message>
        <source>must be C</source>
        <translation>应判 C</translation>
    </message>
    <message>
        <source>not checked today</source>
        <translation>今天未核</translation>
    </message>
    <message>
        <source>suggested %1</source>
        <translation>建议 %1</translation>
    </message>
    <message>
        <source>required by law</source>
        <translation>法规必查</translation>
    </message>
    <message>
        <source>%1 better</source>
        <translation>%1 已提升</translation>
    </message>
    <message>
        <source>%1 worse</source>
        <translation>%1 下降</translation>
    </message>
</context>
<context>
    <name>DiagnosisPanel</name>
    <message>
        <source>What to ask</source>
        <translation>建议这样问</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note on this item</source>
        <translation>本项备注</translation>
    </message>
    <message>
        <source>What you saw or heard</source>
        <translation>看到的、听到的</translation>
    </message>
    <message>
        <source>Photos as evidence</source>
        <translation>照片佐证</translation>
    </message>
    <message>
        <source>situation</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>implication</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>need</source>
        <translation>得失</translation>
    </message>
    <message>
        <source>%1. %2 (%3)</source>
        <translation>%1. %2（%3）</translation>
    </message>
</context>
<context>
    <name>DiagnosisWords</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>%1 %2/%3 = %4</source>
        <translation>%1 %2/%3 = %4</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>Out of stock: %1</source>
        <translation>断货：%1</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>店里没有：%1</translation>
    </message>
    <message>
        <source>Slow SKUs: %1</source>
        <translation>滞销：%1</translation>
    </message>
    <message>
        <source>Above the highest price: %1</source>
        <translation>超过最高限价：%1</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Of the %1 SKUs of the last year, those no longer ordered included.</source>
        <translation>按近一年的 %1 个品规计，含已不再订的。</translation>
    </message>
    <message numerus="yes">
        <source>Advice of %n visit(s), %1 to %2.</source>
        <translation>
            <numerusform>近 %n 次有建议的拜访（%1 至 %2）。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 lines followed (%3).</source>
        <translation>%2 行中采纳 %1 行（%3）。</translation>
    </message>
    <message>
        <source>%1 of the %2 main SKUs counted so far</source>
        <translation>主销 %2 规，已清点 %1 规</translation>
    </message>
    <message>
        <source>Step 4: yes</source>
        <translation>第 4 步：是</translation>
    </message>
    <message>
        <source>Step 4: no</source>
        <translation>第 4 步：否</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>%1 stays C: &apos;%2&apos; fails hard. If that is not so, mend the criterion first.</source>
        <translation>%1 只能判 C：“%2”属一票否决。如果不符，请先更正该标准。</translation>
    </message>
    <message>
        <source>Suggested %1, judged %2: why?</source>
        <translation>建议 %1，您判 %2，理由</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>%1 is computed otherwise: why?</source>
        <translation>“%1”与算出的不同，理由</translation>
    </message>
    <message>
        <source>%1 SKUs, target %2</source>
        <translation>%1 规，目标 %2</translation>
    </message>
    <message numerus="yes">
        <source>Target: middle of %n shop(s) of the same class</source>
        <translation>
            <numerusform>目标取同类 %n 户的中位数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Target: middle of %n shop(s) of the same size</source>
        <translation>
            <numerusform>目标取同规模 %n 户的中位数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Target: middle of all %n other shop(s)</source>
        <translation>
            <numerusform>目标取其余全部 %n 户的中位数</numerusform>
        </translation>
    </message>
    <message>
        <source>More is bought than the buyers explain: ask for the cause.</source>
        <translation>购进多于客流，请了解原因。</translation>
    </message>
    <message>
        <source>Less is bought than the buyers would take: ask for the cause.</source>
        <translation>购进少于客流，请了解原因。</translation>
    </message>
</context>
<context>
    <name>EarlierPlanRow</name>
    <message>
        <source>%1: was the target reached?</source>
        <translation>%1：达成目标了吗？</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>%1 到期</translation>
    </message>
    <message>
        <source>Agreed on %1: %2</source>
        <translation>%1 商定：%2</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>达成</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>未达成</translation>
    </message>
    <message>
        <source>Where the cause lies</source>
        <translation>原因类别</translation>
    </message>
    <message>
        <source>The cause in a few words</source>
        <translation>用几句话写明原因</translation>
    </message>
    <message>
        <source>Done so far</source>
        <translation>已做的事</translation>
    </message>
    <message>
        <source>Date and what was done</source>
        <translation>日期和做了什么</translation>
    </message>
</context>
<context>
    <name>EffectWords</name>
    <message>
        <source>Plans and targets</source>
        <translation>计划与目标</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>增长</translation>
    </message>
    <message>
        <source>Brands</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>货源供应</translation>
    </message>
    <message>
        <source>Stock and shelf</source>
        <translation>库存与陈列</translation>
    </message>
    <message>
        <source>Values and prices</source>
        <translation>单条值与价格</translation>
    </message>
    <message>
        <source>Not told for the territory</source>
        <translation>片区无此项数据</translation>
    </message>
    <message>
        <source>year so far</source>
        <translation>本年累计</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>shops</source>
        <translation>户</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>次</translation>
    </message>
    <message>
        <source>head office</source>
        <translation>总部</translation>
    </message>
    <message>
        <source>from head office</source>
        <translation>总部下达</translation>
    </message>
    <message>
        <source>Your own target: %1.</source>
        <translation>自定目标：%1。</translation>
    </message>
    <message>
        <source>Target from head office: %1. It cannot be changed here.</source>
        <translation>总部下达的目标：%1，这里不能改。</translation>
    </message>
    <message>
        <source>Your own was %1; it counts again if head office takes its target back.</source>
        <translation>您自定的是 %1；总部撤回目标后，自定的重新生效。</translation>
    </message>
    <message numerus="yes">
        <source>Known of %n shop(s).</source>
        <translation>
            <numerusform>%n 户有数据。</numerusform>
        </translation>
    </message>
    <message>
        <source>Purchases of the month stand for sales.</source>
        <translation>以当月购进量代替销量。</translation>
    </message>
    <message>
        <source>Held against the forecast that was submitted.</source>
        <translation>与当时上报的预测对照。</translation>
    </message>
    <message>
        <source>Held against what the system said before the month; nothing was submitted.</source>
        <translation>当月没有上报，与系统在月前给出的预测对照。</translation>
    </message>
    <message>
        <source>Nothing was kept of this month: made now from the orders before it.</source>
        <translation>当月没有留下预测：现用该月之前的订单推算。</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>销量</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Demand</source>
        <translation>需求量</translation>
    </message>
    <message>
        <source>This period</source>
        <translation>本期</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>去年同期</translation>
    </message>
    <message>
        <source>Upper part</source>
        <translation>分子</translation>
    </message>
    <message>
        <source>Lower part</source>
        <translation>分母</translation>
    </message>
    <message>
        <source>Key SKUs</source>
        <translation>重点品规</translation>
    </message>
    <message>
        <source>Value per unit</source>
        <translation>单条值</translation>
    </message>
    <message>
        <source>Shops with an order</source>
        <translation>订货户数</translation>
    </message>
    <message>
        <source>Key SKU</source>
        <translation>重点</translation>
    </message>
    <message>
        <source>Growth of volume</source>
        <translation>销量增长率</translation>
    </message>
    <message>
        <source>Growth of key SKUs</source>
        <translation>重点品规增长率</translation>
    </message>
    <message>
        <source>Growth of shops with an order</source>
        <translation>订货户数增长率</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>未分类</translation>
    </message>
    <message>
        <source>no target yet</source>
        <translation>尚无目标</translation>
    </message>
    <message>
        <source>no orders</source>
        <translation>没有订单</translation>
    </message>
    <message>
        <source>nothing in the same period of last year</source>
        <translation>去年同期没有数据</translation>
    </message>
    <message>
        <source>no SKU is marked as key</source>
        <translation>没有重点培育品规</translation>
    </message>
    <message>
        <source>no forecast of this month</source>
        <translation>没有该月的预测</translation>
    </message>
    <message>
        <source>no stock counted this month</source>
        <translation>当月没有清点库存</translation>
    </message>
    <message>
        <source>no SKU counted on two days of the month</source>
        <translation>当月没有品规清点过两次</translation>
    </message>
    <message>
        <source>no sample customer counted this month</source>
        <translation>当月没有清点样本户</translation>
    </message>
    <message>
        <source>no shelf checked this month</source>
        <translation>当月没有检查陈列</translation>
    </message>
    <message>
        <source>no improvement plan was due</source>
        <translation>没有到期的提升计划</translation>
    </message>
    <message>
        <source>orders without demanded quantities</source>
        <translation>订单没有需求量</translation>
    </message>
    <message>
        <source>orders without allowed quantities</source>
        <translation>订单没有可订量</translation>
    </message>
    <message>
        <source>head office gave no allowed quantities</source>
        <translation>总部没有下发可订量</translation>
    </message>
    <message>
        <source>no sample customers</source>
        <translation>没有样本户</translation>
    </message>
    <message>
        <source>no prices</source>
        <translation>没有价格</translation>
    </message>
    <message>
        <source>nothing on this laptop tells it</source>
        <translation>本机没有这类数据</translation>
    </message>
    <message>
        <source>told shop by shop, in the visit</source>
        <translation>在拜访中按户计算</translation>
    </message>
</context>
<context>
    <name>EffectsPage</name>
    <message>
        <source>Earlier month (Ctrl+PgUp)</source>
        <translation>上个月（Ctrl+PgUp）</translation>
    </message>
    <message>
        <source>Later month (Ctrl+PgDown)</source>
        <translation>下个月（Ctrl+PgDown）</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Undo the last target (Ctrl+Z)</source>
        <translation>撤销刚改的目标（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Set it again (Ctrl+Y)</source>
        <translation>恢复刚撤销的目标（Ctrl+Y）</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Figures of the month</source>
        <translation>本月指标</translation>
    </message>
    <message>
        <source>Adding up…</source>
        <translation>正在汇总…</translation>
    </message>
    <message>
        <source>There are no orders yet, so nothing can be added up. They come with the order file.</source>
        <translation>还没有订单，无法汇总。导入总部的订单文件后即可查看。</translation>
    </message>
    <message>
        <source>Import orders…</source>
        <translation>导入订单…</translation>
    </message>
    <message>
        <source>the whole month</source>
        <translation>整月</translation>
    </message>
    <message>
        <source>up to %1 · %2 of the days</source>
        <translation>截至 %1 · 时间进度 %2</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>另存为 CSV</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Marketing effect</source>
        <translation>营销成效</translation>
    </message>
</context>
<context>
    <name>EffectsTableModel</name>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Attained</source>
        <translation>达成率</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>应达</translation>
    </message>
    <message>
        <source>On last year</source>
        <translation>同比</translation>
    </message>
    <message>
        <source>13 months</source>
        <translation>近 13 个月</translation>
    </message>
    <message>
        <source>%1 pt</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>The share of the target that the days gone by would bring</source>
        <translation>按已过天数应完成的目标比例</translation>
    </message>
    <message>
        <source>This is no number above 0. The target that stood there still stands.</source>
        <translation>这不是大于 0 的数。原来的目标仍然有效。</translation>
    </message>
    <message>
        <source>Type a target; an empty field takes it away.</source>
        <translation>输入目标；清空即取消目标。</translation>
    </message>
</context>
<context>
    <name>EndedPanel</name>
    <message>
        <source>Back to Today</source>
        <translation>回到今日</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>已保存在本机</translation>
    </message>
    <message>
        <source>Only how it ended.</source>
        <translation>只有拜访结果。</translation>
    </message>
    <message>
        <source>A practice visit: it stays on this computer and is never sent.</source>
        <translation>练习数据的拜访：只保存在本机，不会上传。</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>下一家：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s) counted</source>
        <translation>
            <numerusform>已清点 %n 个品规</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n diagnosis item(s)</source>
        <translation>
            <numerusform>%n 项诊断</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order guidance</source>
        <translation>
            <numerusform>%n 行订货建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n improvement plan(s)</source>
        <translation>
            <numerusform>%n 项提升计划</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agreed step(s)</source>
        <translation>
            <numerusform>%n 条约定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingPanel</name>
    <message>
        <source>If the visit cannot be made, say how it ends:</source>
        <translation>如果这次拜访做不成，请选结果：</translation>
    </message>
    <message>
        <source>Note (optional)</source>
        <translation>说明（可不填）</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>New day</source>
        <translation>改到哪天</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>结束这次拜访</translation>
    </message>
</context>
<context>
    <name>EnrolCard</name>
    <message>
        <source>Enrolling…</source>
        <translation>正在登记…</translation>
    </message>
    <message>
        <source>Enrol this laptop</source>
        <translation>登记这台电脑</translation>
    </message>
    <message>
        <source>No code of head office was found in the picture.</source>
        <translation>图片里没有找到总部的登记码。</translation>
    </message>
    <message>
        <source>none: that of the system</source>
        <translation>没有：用系统自带的</translation>
    </message>
    <message>
        <source>Enrol at head office</source>
        <translation>在总部登记</translation>
    </message>
    <message>
        <source>Head office gives you an address and a code that works once. Your work goes on without it.</source>
        <translation>总部会给你一个地址和一个一次性登记码。没有它，工作也照常进行。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性登记码</translation>
    </message>
    <message>
        <source>Or scan the QR code into one of the fields, drop a picture of it here, or paste a screenshot.</source>
        <translation>也可以用扫码枪把二维码扫进任一栏，把二维码图片拖到这里，或粘贴截图。</translation>
    </message>
    <message>
        <source>Picture of the code…</source>
        <translation>二维码图片…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Certificate, if head office gave you one</source>
        <translation>证书（总部给了才需要）</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.webp);;All files (*)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.bmp *.webp);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Picture of the code</source>
        <translation>二维码图片</translation>
    </message>
    <message>
        <source>Certificate of head office</source>
        <translation>总部的证书</translation>
    </message>
</context>
<context>
    <name>EvidencePhotos</name>
    <message>
        <source>Drop, paste or choose pictures</source>
        <translation>拖入、粘贴或选择照片</translation>
    </message>
    <message>
        <source>This picture is already part of the visit.</source>
        <translation>这张照片已经在本次拜访里了。</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>计划中</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>已下达</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>cannot be done</source>
        <translation>办不了</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Planned for</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到店时间</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>离店时间</translation>
    </message>
    <message>
        <source>Spoken with</source>
        <translation>面谈对象</translation>
    </message>
    <message>
        <source>Note on whom I met</source>
        <translation>面谈对象备注</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>结束情况</translation>
    </message>
    <message>
        <source>Note on the end</source>
        <translation>结束备注</translation>
    </message>
    <message>
        <source>What the shop needs</source>
        <translation>客户需求</translation>
    </message>
    <message>
        <source>Note of the wrap-up</source>
        <translation>小结备注</translation>
    </message>
    <message>
        <source>Next visit</source>
        <translation>下次拜访</translation>
    </message>
    <message>
        <source>Day is fixed</source>
        <translation>已锁定日期</translation>
    </message>
    <message>
        <source>Due by</source>
        <translation>最晚日期</translation>
    </message>
    <message>
        <source>First planned day</source>
        <translation>最初计划日期</translation>
    </message>
    <message>
        <source>Entered from paper at</source>
        <translation>纸质补录时间</translation>
    </message>
    <message>
        <source>New-customer steps done</source>
        <translation>新户辅导已完成</translation>
    </message>
    <message>
        <source>Visit frequency</source>
        <translation>拜访频次</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>照片说明</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Retail price</source>
        <translation>零售价</translation>
    </message>
    <message>
        <source>Price tag</source>
        <translation>价签</translation>
    </message>
    <message>
        <source>SKUs on sale</source>
        <translation>在销品规数</translation>
    </message>
    <message>
        <source>SKUs shown</source>
        <translation>陈列品规数</translation>
    </message>
    <message>
        <source>SKUs with a price tag</source>
        <translation>有价签品规数</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>陈列位</translation>
    </message>
    <message>
        <source>Order limit</source>
        <translation>可订量</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>商定</translation>
    </message>
    <message>
        <source>Reason for the judgement</source>
        <translation>判断理由</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>Aim</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>措施</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Done so far</source>
        <translation>已做的事</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>Done on</source>
        <translation>完成日期</translation>
    </message>
    <message>
        <source>Why it was dropped</source>
        <translation>取消原因</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>汇报</translation>
    </message>
    <message>
        <source>Why it cannot be done</source>
        <translation>办不了的原因</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>汇报时间</translation>
    </message>
</context>
<context>
    <name>FileDrop</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Drop a file here</source>
        <translation>把文件拖到这里</translation>
    </message>
    <message>
        <source>CSV or Excel (.xlsx), UTF-8 or GBK; a .gz of them too</source>
        <translation>CSV 或 Excel（.xlsx），UTF-8 或 GBK 编码；也可以是 .gz</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx *.txt *.gz);;All files (*)</source>
        <translation>表格文件 (*.csv *.xlsx *.txt *.gz);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>FillForm</name>
    <message>
        <source>The store is ready. What shall be in it?</source>
        <translation>数据库已建好，先放些什么？</translation>
    </message>
    <message>
        <source>Your own data</source>
        <translation>自己的数据</translation>
    </message>
    <message>
        <source>Customers, products and orders from CSV or Excel files. A dry run shows first what would happen.</source>
        <translation>从 CSV 或 Excel 文件导入客户、品规和订单。先试运行，看清结果再导入。</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>The demo territory</source>
        <translation>演示片区</translation>
    </message>
    <message>
        <source>Your own files can be brought in at any time later, on the page Import data.</source>
        <translation>自己的文件以后随时可以在“导入数据”页面导入。</translation>
    </message>
    <message>
        <source>From your company&apos;s head office</source>
        <translation>公司总部下发</translation>
    </message>
    <message>
        <source>With the address and the one-time code, or its picture, that head office gave you. Your customers, products and tasks then come by themselves.</source>
        <translation>使用总部给您的地址和一次性登记码（或其图片）。客户、品规和任务随后自动下发。</translation>
    </message>
    <message>
        <source>Enrol with head office</source>
        <translation>在总部登记</translation>
    </message>
    <message>
        <source>Real shops and orders of a territory in Iowa, USA, to try everything out. It stands on its own practice day in 2022. Works offline.</source>
        <translation>美国艾奥瓦州一个片区的真实门店和订单，用来试用全部功能。日期停在 2022 年的练习日，无需联网。</translation>
    </message>
    <message>
        <source>A small invented territory in Chinese, to try everything out. It stands on its own practice day. Works offline.</source>
        <translation>一个虚构的中文小片区，用来试用全部功能。日期停在它自己的练习日，无需联网。</translation>
    </message>
    <message>
        <source>A practice store can never be enrolled with head office.</source>
        <translation>练习数据永远不能在总部登记。</translation>
    </message>
    <message>
        <source>Load the demo</source>
        <translation>载入演示数据</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>先空着</translation>
    </message>
    <message>
        <source>An empty store, filled later.</source>
        <translation>建一个空的数据库，以后再导入。</translation>
    </message>
    <message>
        <source>Start empty</source>
        <translation>空白开始</translation>
    </message>
    <message>
        <source>Loading the demo territory</source>
        <translation>正在载入演示片区</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>FirstForm</name>
    <message>
        <source>Setting up…</source>
        <translation>正在建立…</translation>
    </message>
    <message>
        <source>Create the store</source>
        <translation>建立数据库</translation>
    </message>
    <message>
        <source>Welcome. Choose a password first.</source>
        <translation>欢迎使用，请先设置密码</translation>
    </message>
    <message>
        <source>Everything you enter is encrypted on this laptop with it, photos and backups too.</source>
        <translation>录入的一切都用它加密保存在这台电脑上，照片和备份也是。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Open without the password on this computer (system keyring)</source>
        <translation>在这台电脑上免输密码（由系统钥匙串保管）</translation>
    </message>
    <message>
        <source>Nobody can open the data without the password, we cannot either. If it is forgotten, what only this laptop holds is lost. Write it down and keep the note apart from the laptop.</source>
        <translation>没有密码，任何人都打不开数据，我们也不能。如果忘记密码，只存在这台电脑上的内容就找不回来了。请写下来，并与电脑分开保管。</translation>
    </message>
</context>
<context>
    <name>ForecastPage</name>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>追踪</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>保存当前显示的内容</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>kinds of brands and shops</source>
        <translation>品牌与客户分类</translation>
    </message>
    <message>
        <source>forecast follow-up</source>
        <translation>预测追踪</translation>
    </message>
    <message>
        <source>forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
</context>
<context>
    <name>ForecastWords</name>
    <message>
        <source>No class</source>
        <translation>未分类</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>稳定</translation>
    </message>
    <message>
        <source>Volatile</source>
        <translation>波动</translation>
    </message>
    <message>
        <source>Difficult</source>
        <translation>难预测</translation>
    </message>
    <message>
        <source>said by you</source>
        <translation>由您指定</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>依据：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Its months vary by %1</source>
        <translation>各月波动 %1</translation>
    </message>
    <message>
        <source>You said so yourself.</source>
        <translation>由您本人指定。</translation>
    </message>
    <message>
        <source>No reason yet</source>
        <translation>未填原因</translation>
    </message>
    <message>
        <source>Spring Festival</source>
        <translation>春节</translation>
    </message>
    <message>
        <source>Mid-Autumn Festival</source>
        <translation>中秋节</translation>
    </message>
    <message>
        <source>Added up from the shops, and held against the forecast of the SKU as a whole.</source>
        <translation>由各客户预测汇总，并与该品规的整体预测相互校正。</translation>
    </message>
    <message>
        <source>Learned from all shops and SKUs of the territory together; nothing plainer was nearer.</source>
        <translation>从本片区全部客户和品规的历史中学得；更简单的方法没有更准。</translation>
    </message>
    <message>
        <source>The common model and exponential smoothing (M5), half each: here smoothing was nearer in past months.</source>
        <translation>通用模型与指数平滑（M5）各取一半：过去几个月这里用平滑更接近实际。</translation>
    </message>
    <message>
        <source>The common model and the season of this series (M4), half each: here its season was nearer.</source>
        <translation>通用模型与本序列季节指数（M4）各取一半：这里季节规律更接近实际。</translation>
    </message>
    <message>
        <source>Exponential smoothing (M5) alone: in past months it was nearer by far than the common model.</source>
        <translation>只用指数平滑（M5）：过去几个月它比公共模型准得多。</translation>
    </message>
    <message>
        <source>New at this shop: as its class sells in shops like it.</source>
        <translation>该户新上的品规：参照同类客户同价类的销售。</translation>
    </message>
    <message>
        <source>There is no past forecast to judge by yet.</source>
        <translation>还没有过去的预测可供检验。</translation>
    </message>
    <message numerus="yes">
        <source>%n forecast(s) made a month ahead: off by %1 of what came (WAPE), %2 a month.</source>
        <translation>
            <numerusform>过去 %n 次提前一个月的预测：平均偏差为实际的 %1（WAPE），每月约 %2。</numerusform>
        </translation>
    </message>
    <message>
        <source>This is the plain method (M5): nothing beat it here.</source>
        <translation>此处直接采用简单法(M5)：没有其他方法更准。</translation>
    </message>
    <message>
        <source>The plain method (M5) was off by %1 as well.</source>
        <translation>与简单法(M5)误差相同，均为 %1。</translation>
    </message>
    <message>
        <source>Beats the plain method (M5), off by %1, by %2.</source>
        <translation>简单法(M5)误差 %1，本预测比它准 %2。</translation>
    </message>
    <message>
        <source>The plain method (M5), off by %1, was nearer by %2; the sum of the shops counts.</source>
        <translation>简单法(M5)误差 %1，比本预测准 %2；为保证各客户合计一致，仍以汇总值为准。</translation>
    </message>
    <message>
        <source>As often too high as too low.</source>
        <translation>偏高与偏低大致相抵。</translation>
    </message>
    <message>
        <source>Too high by %1 in all.</source>
        <translation>总体偏高 %1。</translation>
    </message>
    <message>
        <source>Too low by %1 in all.</source>
        <translation>总体偏低 %1。</translation>
    </message>
    <message>
        <source>came %1</source>
        <translation>实际 %1</translation>
    </message>
    <message>
        <source>forecast %1</source>
        <translation>预测 %1</translation>
    </message>
    <message>
        <source>4 of 5 times %1</source>
        <translation>五次有四次在 %1</translation>
    </message>
    <message>
        <source>counts %1</source>
        <translation>确定值 %1</translation>
    </message>
    <message>
        <source>Not submitted yet</source>
        <translation>尚未提交</translation>
    </message>
    <message>
        <source>Version %1 submitted %2</source>
        <translation>第 %1 版已于 %2 提交</translation>
    </message>
    <message>
        <source>head office gave it back: %1</source>
        <translation>总部退回：%1</translation>
    </message>
    <message>
        <source>kept on this laptop: it has no head office yet</source>
        <translation>只存在本机：还没有连接总部</translation>
    </message>
    <message>
        <source>waits here for the next sync</source>
        <translation>在本机等待下次同步</translation>
    </message>
    <message>
        <source>delivered to head office</source>
        <translation>已送达总部</translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s) changed since</source>
        <translation>
            <numerusform>之后又改了 %n 个品规</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GiveBackCard</name>
    <message>
        <source>Give this laptop back</source>
        <translation>交还这台电脑</translation>
    </message>
    <message>
        <source>For whoever leaves or gets another laptop: everything goes to head office first, and only when it has all of it are the data on this laptop erased.</source>
        <translation>离岗或更换电脑时使用：先把全部内容上传总部，总部全部确认后，才清除本机数据。</translation>
    </message>
    <message>
        <source>Give back…</source>
        <translation>交还…</translation>
    </message>
</context>
<context>
    <name>GiveBackDialog</name>
    <message>
        <source>give back</source>
        <translation>交还电脑</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A sync is under way; this can begin once it is over.</source>
        <translation>正在同步，完成后才能开始。</translation>
    </message>
    <message>
        <source>Everything that was sent is at head office.</source>
        <translation>已上传的内容都已送达总部。</translation>
    </message>
    <message>
        <source>Still to go: %1 records and %2 photo(s), %3. Over a phone hotspot too.</source>
        <translation>还要上传：%1 条记录、%2 张照片，共 %3；使用手机热点时也会全部上传。</translation>
    </message>
    <message>
        <source>Head office did not take %1 records. It keeps what was sent of them.</source>
        <translation>总部退回了 %1 条记录；其中已上传的内容，总部已留存。</translation>
    </message>
    <message>
        <source>Nothing was erased.</source>
        <translation>没有清除任何内容。</translation>
    </message>
    <message>
        <source>Not at head office yet: %1 records and %2 photo(s).</source>
        <translation>还没有送达总部：%1 条记录、%2 张照片。</translation>
    </message>
    <message>
        <source>Give this laptop back</source>
        <translation>交还这台电脑</translation>
    </message>
    <message>
        <source>1. Everything that waits goes to head office, photos too. You can stop at any time.
2. Only when head office has confirmed all of it are the keys, the data, the photos and the backups on this laptop erased. They cannot be brought back here.
3. The program then starts as on its first day.</source>
        <translation>1. 待上传的内容（包括照片）全部上传总部，随时可以停止。
2. 总部全部确认后，才清除本机的密钥、数据、照片和备份，清除后无法恢复。
3. 之后程序回到第一次使用时的样子。</translation>
    </message>
    <message>
        <source>Records up</source>
        <translation>上传记录</translation>
    </message>
    <message>
        <source>Photos up</source>
        <translation>上传照片</translation>
    </message>
    <message>
        <source>To confirm, type: %1</source>
        <translation>确认请输入：%1</translation>
    </message>
    <message>
        <source>Send everything, then erase</source>
        <translation>全部上传后清除</translation>
    </message>
</context>
<context>
    <name>HappeningWords</name>
    <message>
        <source>Shops that went to another territory: %1.</source>
        <translation>有 %1 户客户转到了别的片区。</translation>
    </message>
    <message>
        <source>Shops that head office closed: %1.</source>
        <translation>总部停用了 %1 户客户。</translation>
    </message>
    <message>
        <source>Open tasks that went to another manager: %1.</source>
        <translation>有 %1 项未完成的任务转给了别的客户经理。</translation>
    </message>
    <message>
        <source>What you had not sent went up first; what was held of them here is gone. A name stays only where a record here still speaks of the shop.</source>
        <translation>未上传的内容已先交给总部；本机上这些客户的资料已清除，只有仍提到该店的记录还保留店名。</translation>
    </message>
    <message>
        <source>Went to another territory: %1.</source>
        <translation>转到别的片区的客户：%1。</translation>
    </message>
    <message>
        <source>Went to another territory: %1 and %2 more.</source>
        <translation>转到别的片区的客户：%1，另有 %2 户。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Parked records that head office has taken in now: %1.</source>
        <translation>总部搁置的记录中，有 %1 条现已采纳。</translation>
    </message>
    <message>
        <source>Parked records that head office did not take: %1. They are under “Needs you”.</source>
        <translation>总部搁置的记录中，有 %1 条已退回，请到“需要你看一眼”查看。</translation>
    </message>
    <message>
        <source>Head office was restored from a backup. Records that this laptop offered it again: %1.</source>
        <translation>总部从备份恢复。本机已重新提交 %1 条记录。</translation>
    </message>
    <message>
        <source>This laptop&apos;s data had been copied or restored. It got a new number; nothing is lost.</source>
        <translation>本机的数据曾被复制或恢复，已换用新编号；内容没有丢失。</translation>
    </message>
    <message>
        <source>A photo that head office refused was saved to a file; it is sent no more.</source>
        <translation>总部退回的一张照片已另存为文件，不再上传。</translation>
    </message>
    <message>
        <source>What was stored differed from head office, so it was loaded again.</source>
        <translation>本机所存与总部不一致，已重新下载。</translation>
    </message>
</context>
<context>
    <name>HappeningsLog</name>
    <message>
        <source>What happened by itself · %1</source>
        <translation>自动处理记录 · %1</translation>
    </message>
    <message>
        <source>Hide what happened by itself</source>
        <translation>收起自动处理记录</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Practice · stays on this laptop</source>
        <translation>练习 · 只存在本机</translation>
    </message>
    <message>
        <source>Offline · nothing waits</source>
        <translation>离线 · 无待上传</translation>
    </message>
    <message>
        <source>Offline · %1 waiting</source>
        <translation>离线 · %1待上传</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Not enrolled · %1 waiting</source>
        <translation>尚未登记 · %1待上传</translation>
    </message>
    <message>
        <source>Not enrolled</source>
        <translation>尚未登记</translation>
    </message>
    <message>
        <source>Online · syncing</source>
        <translation>在线 · 正在同步</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要你看一眼</translation>
    </message>
    <message>
        <source>Needs you · %1 waiting</source>
        <translation>需要你看一眼 · %1待上传</translation>
    </message>
    <message>
        <source>Sync paused · %1 waiting</source>
        <translation>同步已暂停 · %1待上传</translation>
    </message>
    <message>
        <source>Sync paused</source>
        <translation>同步已暂停</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1待上传</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>Practice day %1</source>
        <translation>练习日 %1</translation>
    </message>
</context>
<context>
    <name>HealthPanel</name>
    <message>
        <source>visits / %1 shops</source>
        <translation>次 / %1 户</translation>
    </message>
    <message>
        <source>Visited %1 · planned %2</source>
        <translation>已访 %1 · 计划内 %2</translation>
    </message>
    <message>
        <source> · missed %1</source>
        <translation> · 漏访 %1</translation>
    </message>
    <message>
        <source>no day %1</source>
        <translation>排不下 %1</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Nothing that was planned before moves.</source>
        <translation>原有安排没有变动。</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>里程</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Shops a day</source>
        <translation>每日户数</translation>
    </message>
    <message>
        <source>Every visit that is due has a day.</source>
        <translation>应访客户都已排定。</translation>
    </message>
    <message>
        <source>Not planned yet.</source>
        <translation>本月还没有排计划。</translation>
    </message>
    <message>
        <source>Plan health</source>
        <translation>计划健康度</translation>
    </message>
    <message>
        <source>Back to the calendar (Ctrl+M)</source>
        <translation>回到日历（Ctrl+M）</translation>
    </message>
    <message>
        <source>Due this month</source>
        <translation>本月应访</translation>
    </message>
    <message>
        <source>Visited, and planned, of what is due</source>
        <translation>应访中已访和已排的比例</translation>
    </message>
    <message>
        <source>What the draft moves</source>
        <translation>草案改动的安排</translation>
    </message>
    <message>
        <source>Shops visited as often as due</source>
        <translation>频次达标</translation>
    </message>
    <message>
        <source>Order day</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>Share of visits on the order day or the working day before</source>
        <translation>拜访落在订货当日或前一个工作日的比例</translation>
    </message>
    <message>
        <source>In the calendar: ● on it, ○ away from it; in the week an orange bar: away from it</source>
        <translation>日历中：● 对上，○ 没对上；周视图橙色竖条：没对上</translation>
    </message>
    <message>
        <source>Without a day</source>
        <translation>待安排</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Choose a shop on Today and begin the visit. Everything is saved as you type; there is no save button. You can leave a step, a visit or the program at any time and come back to the same field.</source>
        <translation>在“今日”中选一家店开始拜访。边录入边保存，没有“保存”按钮。任何时候都可以离开步骤、拜访或程序，回来时仍在原来的位置。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Everywhere and in a visit</source>
        <translation>各处和拜访中</translation>
    </message>
    <message>
        <source>Visit plan</source>
        <translation>拜访计划</translation>
    </message>
    <message>
        <source>Map of the plan</source>
        <translation>计划地图</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部</translation>
    </message>
    <message>
        <source>First, second, third page of the rail</source>
        <translation>左栏的第一、二、三页</translation>
    </message>
    <message>
        <source>Tasks from head office</source>
        <translation>总部任务</translation>
    </message>
    <message>
        <source>Sync with head office</source>
        <translation>与总部同步</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>锁定窗口</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Bigger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>本帮助页</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Visit: next step</source>
        <translation>拜访：下一步</translation>
    </message>
    <message>
        <source>Visit: previous step</source>
        <translation>拜访：上一步</translation>
    </message>
    <message>
        <source>Visit: undo</source>
        <translation>拜访：撤销</translation>
    </message>
    <message>
        <source>Visit: do again</source>
        <translation>拜访：重做</translation>
    </message>
    <message>
        <source>Visit: save now (it is saved anyway)</source>
        <translation>拜访：立即保存（平时也会自动保存）</translation>
    </message>
    <message>
        <source>Diagnosis: the state; also 1, 2, 3</source>
        <translation>诊断：选状态，也可按 1、2、3</translation>
    </message>
    <message>
        <source>Another day, another visit</source>
        <translation>换一天，换一次拜访</translation>
    </message>
    <message>
        <source>Month, week or day before and after</source>
        <translation>上一个和下一个月、周、日</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Open the visit or the day</source>
        <translation>打开这次拜访或这一天</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Why the visit is on its day</source>
        <translation>为什么排在这天</translation>
    </message>
    <message>
        <source>Move the visit to another working day</source>
        <translation>移到前一个或后一个工作日</translation>
    </message>
    <message>
        <source>Earlier or later in its day</source>
        <translation>当天提前或推后</translation>
    </message>
    <message>
        <source>Do it the working day after</source>
        <translation>改到下一个工作日</translation>
    </message>
    <message>
        <source>Cut the visit, put it on another day</source>
        <translation>剪切，放到另一天</translation>
    </message>
    <message>
        <source>Exchange with another visit</source>
        <translation>与另一次拜访对调</translation>
    </message>
    <message>
        <source>Fix the visit on its day, or free it</source>
        <translation>固定在这一天，或取消固定</translation>
    </message>
    <message>
        <source>Shortest order of the day</source>
        <translation>当天走最短路线</translation>
    </message>
    <message>
        <source>Drop in nearby</source>
        <translation>顺路拜访</translation>
    </message>
    <message>
        <source>Take the visit out of the plan</source>
        <translation>移出计划</translation>
    </message>
    <message>
        <source>Undo, do again</source>
        <translation>撤销，重做</translation>
    </message>
    <message>
        <source>To the plan health and back</source>
        <translation>到计划健康度，再回来</translation>
    </message>
    <message>
        <source>All that can be done here</source>
        <translation>这里能做的都列出来</translation>
    </message>
    <message>
        <source>To the next shop in that direction</source>
        <translation>到那个方向的下一家客户</translation>
    </message>
    <message>
        <source>Closer, further, all shops</source>
        <translation>放大，缩小，看全部客户</translation>
    </message>
    <message>
        <source>Select the shop, or select it no more</source>
        <translation>选中客户，或取消选中</translation>
    </message>
    <message>
        <source>Select with the lasso</source>
        <translation>用套索圈选</translation>
    </message>
    <message>
        <source>Outlines of villages, streets or counties</source>
        <translation>村、街道或区县的轮廓</translation>
    </message>
    <message>
        <source>Select all shops</source>
        <translation>选中全部客户</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>Drop the lasso, select none</source>
        <translation>放下套索，全部不选</translation>
    </message>
</context>
<context>
    <name>HelpTip</name>
    <message>
        <source>How this is computed</source>
        <translation>怎么算的</translation>
    </message>
</context>
<context>
    <name>HintsBox</name>
    <message>
        <source>The licence ended on %1. Ask whether the renewal is under way.</source>
        <translation>许可证已于 %1 到期。请了解是否正在办理延续。</translation>
    </message>
    <message>
        <source>Licence has ended</source>
        <translation>许可证已到期</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left, until %1.</source>
        <translation>
            <numerusform>还有 %n 天，有效期至 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Renew it now.</source>
        <translation>请立即办理延续。</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>许可证将到期</translation>
    </message>
    <message>
        <source>Remind the shop to renew it in time.</source>
        <translation>请提醒店主按时办理延续。</translation>
    </message>
    <message>
        <source>Format and size do not fit</source>
        <translation>业态与规模不匹配</translation>
    </message>
    <message>
        <source>A grocery of large size: please ask for the cause.</source>
        <translation>食杂店而规模为大：请了解原因。</translation>
    </message>
    <message>
        <source>A large format with small purchases: too few SKUs, or little trade? Please ask for the cause.</source>
        <translation>大业态而规模为小：品种偏少还是生意偏淡？请了解原因。</translation>
    </message>
    <message>
        <source>Buys more than %1 of the shops of its format: please ask for the cause.</source>
        <translation>近三个月购进高于 %1 的同业态客户：请了解原因。</translation>
    </message>
    <message>
        <source>Order unlike the last ones</source>
        <translation>本次订单与近期差异较大</translation>
    </message>
    <message>
        <source>The newest order was %1 times the mean of the last 3 cycles: please ask for the cause.</source>
        <translation>最近一次订单是近 3 周期平均的 %1 倍，请了解原因。</translation>
    </message>
    <message>
        <source>Price of the order unlike the last ones</source>
        <translation>本次订单均价与近期差异较大</translation>
    </message>
    <message>
        <source>The newest order cost %1 times as much per unit as the last 3 cycles: please ask for the cause.</source>
        <translation>最近一次订单的单条值是近 3 周期的 %1 倍，请了解原因。</translation>
    </message>
    <message>
        <source>Slower than its class</source>
        <translation>增幅低于同类</translation>
    </message>
    <message>
        <source>Against last year it stands at %1 of its class, over the last 3 months: please ask for the cause.</source>
        <translation>近 3 个月与去年同期之比为同类客户的 %1，请了解原因。</translation>
    </message>
    <message>
        <source>Large purchases</source>
        <translation>购进量较大</translation>
    </message>
    <message>
        <source>The last full month was %1 times the mean of its market type: please ask for the cause.</source>
        <translation>上个整月购进量是同市场类型平均的 %1 倍，请了解原因。</translation>
    </message>
    <message>
        <source>Above its peers</source>
        <translation>购进明显高于同类</translation>
    </message>
    <message>
        <source>Purchases are %1 times what its buyers a day explain: please ask for the cause.</source>
        <translation>月购进是日均购烟人次推算值的 %1 倍：请了解原因。</translation>
    </message>
    <message>
        <source>Purchases and buyers differ</source>
        <translation>购进与客流不匹配</translation>
    </message>
    <message>
        <source>Purchases are only %1 times what its buyers a day explain: please ask for the cause.</source>
        <translation>月购进只有日均购烟人次推算值的 %1 倍：请了解原因。</translation>
    </message>
    <message>
        <source>The last full month was %1 times the month before: please ask for the cause.</source>
        <translation>上月购进是前一个月的 %1 倍：请了解原因。</translation>
    </message>
    <message>
        <source>A sharp rise</source>
        <translation>购进突增</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Another profile file…</source>
        <translation>其他方案文件…</translation>
    </message>
    <message>
        <source>One row a shop. Values you entered yourself are not overwritten.</source>
        <translation>一行一家店。您自己录入的内容不会被覆盖。</translation>
    </message>
    <message>
        <source>One row a product.</source>
        <translation>一行一个品规。</translation>
    </message>
    <message>
        <source>One row a line of an order; customers and products must be here before.</source>
        <translation>一行一条订单明细；请先导入客户和品规。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，没有改动任何数据。</translation>
    </message>
    <message>
        <source>This mapping profile cannot be used: %1</source>
        <translation>这个映射方案不能用：%1</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>从文件导入</translation>
    </message>
    <message>
        <source>1. What is in the file?</source>
        <translation>1. 文件里是什么？</translation>
    </message>
    <message>
        <source>2. Which file?</source>
        <translation>2. 哪个文件？</translation>
    </message>
    <message>
        <source>3. How are its columns read?</source>
        <translation>3. 各列怎么对应？</translation>
    </message>
    <message>
        <source>What is in the file?</source>
        <translation>文件里是什么？</translation>
    </message>
    <message>
        <source>Mapping profile</source>
        <translation>映射方案</translation>
    </message>
    <message>
        <source>A mapping profile says which column fills which field, in which unit and form of date.</source>
        <translation>映射方案规定哪一列对应哪个字段，以及单位和日期格式。</translation>
    </message>
    <message>
        <source>Check (dry run)</source>
        <translation>先检查（试运行）</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Customers, products and orders from files</source>
        <translation>从文件导入客户、品规和订单</translation>
    </message>
    <message>
        <source>Mapping profiles (*.toml)</source>
        <translation>映射方案 (*.toml)</translation>
    </message>
    <message>
        <source>Choose a mapping profile</source>
        <translation>选择映射方案</translation>
    </message>
    <message>
        <source>The refused rows were saved: %1</source>
        <translation>被拒绝的行已保存到：%1</translation>
    </message>
</context>
<context>
    <name>ImprovementPanel</name>
    <message>
        <source>To be seen for the target</source>
        <translation>达到目标要看到</translation>
    </message>
    <message>
        <source>Ask to close</source>
        <translation>收尾这样问</translation>
    </message>
    <message>
        <source>Earlier plans</source>
        <translation>以前的计划</translation>
    </message>
    <message>
        <source>None so far</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 %2→%3</source>
        <translation>%1 %2→%3</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>达成</translation>
    </message>
    <message>
        <source>not</source>
        <translation>未达成</translation>
    </message>
</context>
<context>
    <name>ImprovementWords</name>
    <message>
        <source>Choose at least one measure.</source>
        <translation>请至少选一项措施。</translation>
    </message>
    <message>
        <source>Not reached: say where the cause lies, and write it down.</source>
        <translation>没达成：请选原因类别，并写明原因。</translation>
    </message>
    <message>
        <source>Hard fail today: put it right first.</source>
        <translation>今天一票否决，先解决这一项。</translation>
    </message>
    <message>
        <source>Was %1 on %2 and fell.</source>
        <translation>%2 还是 %1，今天下降了。</translation>
    </message>
    <message>
        <source>C already on %2: it did not move by itself.</source>
        <translation>%2 就是 C，一直没有改善。</translation>
    </message>
    <message>
        <source>C on %2 and not judged today.</source>
        <translation>%2 判为 C，今天没判。</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>未填完</translation>
    </message>
    <message>
        <source>⇧ support</source>
        <translation>⇧ 支持</translation>
    </message>
    <message>
        <source>after approval</source>
        <translation>审批后办</translation>
    </message>
    <message>
        <source>worth a plan</source>
        <translation>建议列入</translation>
    </message>
    <message>
        <source>cause?</source>
        <translation>待写原因</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Judged on %1</source>
        <translation>%1 判定</translation>
    </message>
    <message>
        <source>Not judged today</source>
        <translation>今天没判</translation>
    </message>
    <message>
        <source>Judged %1 today: target met</source>
        <translation>今天判 %1，已达目标</translation>
    </message>
    <message>
        <source>Judged %1 today: target not met</source>
        <translation>今天判 %1，未达目标</translation>
    </message>
</context>
<context>
    <name>InboxCard</name>
    <message>
        <source>Needs you · %1</source>
        <translation>需要你看一眼 · %1</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要你看一眼</translation>
    </message>
    <message>
        <source>Both values are kept</source>
        <translation>两边的值都留着</translation>
    </message>
    <message>
        <source>Merged and decided · %1</source>
        <translation>已合并和已决定 · %1</translation>
    </message>
    <message>
        <source>Hide what was merged and decided</source>
        <translation>收起已合并和已决定的</translation>
    </message>
    <message>
        <source>What stands was chosen by the rule or by you. For 90 days the other value can be chosen instead.</source>
        <translation>现在的值由规则或由你选定；90 天内可以改用另一个值。</translation>
    </message>
    <message>
        <source>Nothing needs you: head office took everything that was sent.</source>
        <translation>没有需要你处理的：已上传的记录总部都已采纳。</translation>
    </message>
</context>
<context>
    <name>KindCard</name>
    <message>
        <source>Note on the kind</source>
        <translation>分类说明</translation>
    </message>
    <message>
        <source>Why this kind</source>
        <translation>归类原因</translation>
    </message>
    <message>
        <source>In the table the space bar says the other kind, Del leaves it to the rule again.</source>
        <translation>在表中按空格键改为另一类，按 Del 恢复按规则判断。</translation>
    </message>
    <message>
        <source>By the rule: %1</source>
        <translation>按规则：%1</translation>
    </message>
    <message>
        <source>Kind of shop</source>
        <translation>客户类别</translation>
    </message>
    <message>
        <source>Kind of brand</source>
        <translation>品牌类别</translation>
    </message>
    <message>
        <source>Why “%1”? It counts once you say why.</source>
        <translation>为什么归为“%1”？填写原因后生效。</translation>
    </message>
    <message>
        <source>Why “%1”</source>
        <translation>归为“%1”的原因</translation>
    </message>
    <message>
        <source>Which other reason?</source>
        <translation>请写明其他原因</translation>
    </message>
    <message>
        <source>Note, in your words</source>
        <translation>说明（自己的话）</translation>
    </message>
</context>
<context>
    <name>KindsPanel</name>
    <message>
        <source>Brands</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>Shops</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Whose kinds</source>
        <translation>显示哪类对象</translation>
    </message>
    <message>
        <source>Find a name or code</source>
        <translation>查找名称或编码</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手改</translation>
    </message>
    <message>
        <source>Two kinds of shop</source>
        <translation>两类客户</translation>
    </message>
    <message>
        <source>Two kinds of brand</source>
        <translation>两类品牌</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Kinds and what led to them</source>
        <translation>类别及依据</translation>
    </message>
    <message numerus="yes">
        <source>%n shop(s)</source>
        <translation>
            <numerusform>%n 户</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s)</source>
        <translation>
            <numerusform>%n 个品规</numerusform>
        </translation>
    </message>
    <message>
        <source>volatile ones are visited and asked</source>
        <translation>波动客户须上门了解</translation>
    </message>
    <message>
        <source>difficult ones are built up from the shops</source>
        <translation>难预测品牌逐户汇总</translation>
    </message>
</context>
<context>
    <name>KindsTableModel</name>
    <message>
        <source>Shop</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>价类</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>Varies</source>
        <translation>波动</translation>
    </message>
    <message>
        <source>Past error</source>
        <translation>以往误差</translation>
    </message>
    <message>
        <source>A month</source>
        <translation>月均</translation>
    </message>
    <message>
        <source>Your reason</source>
        <translation>您的原因</translation>
    </message>
    <message>
        <source>Standard deviation ÷ mean of the last %1 whole months; above %2 it is not left to the model.</source>
        <translation>最近 %1 个整月的标准差 ÷ 均值；超过 %2 不单靠模型预测。</translation>
    </message>
    <message>
        <source>WAPE of the last %1 one-month forecasts; above %2 it is not left to the model.</source>
        <translation>最近 %1 次提前一个月预测的 WAPE；超过 %2 不单靠模型预测。</translation>
    </message>
    <message>
        <source>Mean demand of the last twelve whole months</source>
        <translation>最近 12 个整月的月均需求</translation>
    </message>
</context>
<context>
    <name>KpiTips</name>
    <message>
        <source>Unit: %1</source>
        <translation>单位：%1</translation>
    </message>
    <message>
        <source>“%1” can also mean %2</source>
        <translation>“%1”还可指 %2</translation>
    </message>
</context>
<context>
    <name>LanesCard</name>
    <message>
        <source>in a moment</source>
        <translation>马上开始</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>没有待上传</translation>
    </message>
    <message>
        <source>%1 received</source>
        <translation>已接收 %1 条</translation>
    </message>
    <message>
        <source>Looking… stop</source>
        <translation>正在查看…停止</translation>
    </message>
    <message>
        <source>Look first</source>
        <translation>先看一看</translation>
    </message>
    <message>
        <source>Pause…</source>
        <translation>暂停…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Nothing is sent by itself meanwhile; Sync now still works</source>
        <translation>期间不自动上传；需要时仍可点“立即同步”</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>%1 in progress</source>
        <translation>进行中 %1</translation>
    </message>
    <message>
        <source>no updates</source>
        <translation>没有更新</translation>
    </message>
    <message>
        <source>goes on where it was cut</source>
        <translation>断点续传</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>还没有同步过</translation>
    </message>
    <message>
        <source>Last finished: %1</source>
        <translation>上次完成：%1</translation>
    </message>
    <message>
        <source>Today&apos;s records</source>
        <translation>今天的记录</translation>
    </message>
    <message>
        <source>all safely on disk</source>
        <translation>已全部保存在本机</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>Diagnoses</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Order guidance</source>
        <translation>订货建议</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Records up</source>
        <translation>上传记录</translation>
    </message>
    <message>
        <source>Updates down</source>
        <translation>接收更新</translation>
    </message>
    <message>
        <source>Photos up</source>
        <translation>上传照片</translation>
    </message>
    <message>
        <source>Says what would go and come, and how long it takes; sends nothing</source>
        <translation>先看要上传什么、要接收什么、要多久；不会上传任何内容</translation>
    </message>
    <message>
        <source>Ends the pause and syncs</source>
        <translation>结束暂停并同步</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>LeasePage</name>
    <message>
        <source>Connect to head office once</source>
        <translation>请先与总部联系一次</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>For %1 days this laptop has not spoken with head office. To protect the customers&apos; data they stay closed until it does.</source>
        <translation>这台电脑已有 %1 天没有联系总部。为保护客户资料，联系上总部之前先不打开。</translation>
    </message>
    <message>
        <source>Nothing is lost: %1 changes and %2 photo(s) that are not at head office yet lie encrypted on this laptop and go up first.</source>
        <translation>什么都没有丢：还没传到总部的 %1 条记录和 %2 张照片都加密保存在本机，连上后最先上传。</translation>
    </message>
    <message>
        <source>Nothing is lost: everything lies encrypted on this laptop.</source>
        <translation>什么都没有丢：所有内容都加密保存在本机。</translation>
    </message>
    <message>
        <source>Connect this laptop to a network and press the button; then the work goes on by itself.</source>
        <translation>请让电脑连上网络，再按下面的按钮；连上总部后会自动回到工作。</translation>
    </message>
    <message>
        <source>Connecting to head office…</source>
        <translation>正在联系总部…</translation>
    </message>
    <message>
        <source>Connect now</source>
        <translation>现在联系</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>LegendRow</name>
    <message>
        <source>Select these shops (Ctrl adds them)</source>
        <translation>选中这些客户（按 Ctrl 追加）</translation>
    </message>
</context>
<context>
    <name>LinkBox</name>
    <message>
        <source>Phone hotspot: save data on photos</source>
        <translation>正在用手机热点：照片省流量</translation>
    </message>
    <message>
        <source>Originals a day over a hotspot</source>
        <translation>热点下每天上传原图</translation>
    </message>
    <message>
        <source>Small pictures only</source>
        <translation>只传缩略图</translation>
    </message>
    <message>
        <source>%1 MB a day</source>
        <translation>每天 %1 MB</translation>
    </message>
</context>
<context>
    <name>LockCover</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Everything is saved. Your password brings you back to where you were.</source>
        <translation>所有内容都已保存。输入密码即可回到原来的位置。</translation>
    </message>
</context>
<context>
    <name>LookCard</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>外观与语言</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Zoufang</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>No backup could be made. Your data themselves are saved. %1</source>
        <translation>备份没有做成，但数据本身已保存。%1</translation>
    </message>
    <message>
        <source>The visit at %1 is not finished.</source>
        <translation>对“%1”的拜访还没有结束。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续拜访</translation>
    </message>
    <message>
        <source>Sync before %1: after that the data stay closed until head office was reached.</source>
        <translation>请在 %1 之前同步一次；过了这个时间，要先联系上总部才能打开资料。</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
</context>
<context>
    <name>MeasureLine</name>
    <message>
        <source>⇧ support request</source>
        <translation>⇧ 支持申请</translation>
    </message>
    <message>
        <source>only after approval</source>
        <translation>合规审批后才可办</translation>
    </message>
    <message>
        <source>⇧ head office has to help</source>
        <translation>⇧ 需公司出面</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Something unexpected went wrong.</source>
        <translation>出了意料之外的问题。</translation>
    </message>
    <message>
        <source>What you typed is kept. Try again; if it happens again, save a report for support.</source>
        <translation>您输入的内容都还在。请再试一次；如果还是这样，请保存一份报告交给支持人员。</translation>
    </message>
    <message>
        <source>The disk is full: the file was not written.</source>
        <translation>磁盘已满，文件没有写成。</translation>
    </message>
    <message>
        <source>Free some space or choose another place.</source>
        <translation>请腾出空间，或换个位置保存。</translation>
    </message>
    <message>
        <source>The file cannot be written: it is open in another program, or the folder is protected.</source>
        <translation>文件写不进去：它正在别的程序中打开，或文件夹受保护。</translation>
    </message>
    <message>
        <source>Close it there, or choose another name or place.</source>
        <translation>请在那边关闭它，或换个文件名或位置。</translation>
    </message>
    <message>
        <source>That folder is no longer there.</source>
        <translation>那个文件夹已经不在了。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请换个位置。</translation>
    </message>
    <message>
        <source>The file could not be written (%1).</source>
        <translation>文件没有写成（%1）。</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Improvement plan</source>
        <translation>提升计划</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>Change proposal</source>
        <translation>变更申请</translation>
    </message>
    <message>
        <source>That password does not open this store.</source>
        <translation>密码不对，打不开数据。</translation>
    </message>
    <message>
        <source>Nothing was changed. Check the keyboard layout and Caps Lock, then try again.</source>
        <translation>数据没有任何改动。请检查输入法和大写锁定，再试一次。</translation>
    </message>
    <message>
        <source>The password is too short.</source>
        <translation>密码太短。</translation>
    </message>
    <message>
        <source>Use at least eight characters.</source>
        <translation>请至少用 8 个字符。</translation>
    </message>
    <message>
        <source>Too many wrong passwords in a row.</source>
        <translation>密码连续输错多次。</translation>
    </message>
    <message>
        <source>Your data are safe. Wait a moment and try again.</source>
        <translation>数据是安全的。请稍等一会儿再试。</translation>
    </message>
    <message>
        <source>The data file is damaged.</source>
        <translation>数据文件已损坏。</translation>
    </message>
    <message>
        <source>It was moved aside and not overwritten. Restore the last backup to go on.</source>
        <translation>原文件已移到一旁，没有被覆盖。请恢复最近一次备份后继续。</translation>
    </message>
    <message>
        <source>The data were written by a newer version of this program.</source>
        <translation>这份数据是由更新版本的程序写入的。</translation>
    </message>
    <message>
        <source>Nothing was changed. Update the program and open it again.</source>
        <translation>数据没有任何改动。请升级程序后再打开。</translation>
    </message>
    <message>
        <source>Another program is using the data file.</source>
        <translation>数据文件正被另一个程序使用。</translation>
    </message>
    <message>
        <source>Nothing was lost. Close the other window of this program and try again.</source>
        <translation>数据没有丢失。请关闭本程序的另一个窗口后再试。</translation>
    </message>
    <message>
        <source>The disk is full: the last entry could not be saved.</source>
        <translation>磁盘已满：最后一次输入没能保存。</translation>
    </message>
    <message>
        <source>Everything saved before is safe. Free some space; what you typed stays on the screen.</source>
        <translation>之前保存的都安全。请腾出一些空间；您输入的内容仍在屏幕上。</translation>
    </message>
    <message>
        <source>The folder cannot be written to.</source>
        <translation>这个文件夹不能写入。</translation>
    </message>
    <message>
        <source>Nothing was changed. Check that you may write there and that the drive is not protected.</source>
        <translation>数据没有任何改动。请确认您有写入权限，磁盘也没有写保护。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>这个文件读不了。</translation>
    </message>
    <message>
        <source>Nothing was changed. Check that it is not open elsewhere and has the right format.</source>
        <translation>数据没有任何改动。请确认它没有被别的程序打开，格式也正确。</translation>
    </message>
    <message>
        <source>This file is not a picture that can be read.</source>
        <translation>这个文件不是能读取的图片。</translation>
    </message>
    <message>
        <source>Nothing was added. Choose a JPEG or PNG picture.</source>
        <translation>没有添加任何内容。请选择 JPEG 或 PNG 图片。</translation>
    </message>
    <message>
        <source>This picture has the HEIC format of newer phones, which cannot be read here.</source>
        <translation>这张图片是新手机的 HEIC 格式，这里读不了。</translation>
    </message>
    <message>
        <source>Nothing was added. Set the camera to JPEG (most compatible), or send the picture as JPEG.</source>
        <translation>没有添加任何内容。请把相机设为 JPEG（兼容性最好），或以 JPEG 发送图片。</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>这张图片太大。</translation>
    </message>
    <message>
        <source>Nothing was added. Choose one below 100 megapixels.</source>
        <translation>没有添加任何内容。请选择一亿像素以下的图片。</translation>
    </message>
    <message>
        <source>This record is no longer there.</source>
        <translation>这条记录已经不在了。</translation>
    </message>
    <message>
        <source>Go back to the list and open it again.</source>
        <translation>请回到列表重新打开。</translation>
    </message>
    <message>
        <source>This visit is already completed.</source>
        <translation>这次拜访已经完成。</translation>
    </message>
    <message>
        <source>Completed visits are not changed.</source>
        <translation>完成的拜访不再修改。</translation>
    </message>
    <message>
        <source>This still needs an answer.</source>
        <translation>这里还没有填。</translation>
    </message>
    <message>
        <source>Please give a reason.</source>
        <translation>请说明原因。</translation>
    </message>
    <message>
        <source>The target must be better than the present state.</source>
        <translation>目标要比现状更好。</translation>
    </message>
    <message>
        <source>Choose three measures at most.</source>
        <translation>最多选三条措施。</translation>
    </message>
    <message>
        <source>A step that was not reached needs a cause.</source>
        <translation>没有达成的要写明原因。</translation>
    </message>
    <message>
        <source>Head office keeps this field; it cannot be changed here.</source>
        <translation>这一栏由总部维护，这里不能改。</translation>
    </message>
    <message>
        <source>This value is not possible here.</source>
        <translation>这里不能填这个值。</translation>
    </message>
    <message>
        <source>The field was changed again since; nothing was taken back.</source>
        <translation>这一项后来又改过，没有撤回。</translation>
    </message>
    <message>
        <source>This visit has begun or ended; the plan no longer changes it.</source>
        <translation>这次拜访已经开始或结束，计划不再改动它。</translation>
    </message>
    <message>
        <source>This visit is locked to its day.</source>
        <translation>这次拜访已锁定在当天。</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>请先解锁。</translation>
    </message>
    <message>
        <source>This day is over; choose today or a later day.</source>
        <translation>这一天已经过去，请选今天或以后的日子。</translation>
    </message>
    <message>
        <source>This shop already has a visit on that day.</source>
        <translation>这户当天已有拜访。</translation>
    </message>
    <message>
        <source>No working day was found for this visit.</source>
        <translation>找不到可用的工作日。</translation>
    </message>
</context>
<context>
    <name>NearbyDialog</name>
    <message>
        <source>Drop in nearby</source>
        <translation>顺路拜访</translation>
    </message>
    <message>
        <source>Shops without a visit on %1, the nearest first</source>
        <translation>%1 未安排拜访的客户，由近到远</translation>
    </message>
    <message>
        <source>Put into the day</source>
        <translation>加入当天</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No shop without a visit on this day is known nearby.</source>
        <translation>附近没有当天未安排的客户。</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>last visit %1</source>
        <translation>上次拜访 %1</translation>
    </message>
    <message>
        <source>no visit yet</source>
        <translation>还没有拜访过</translation>
    </message>
</context>
<context>
    <name>NewPasswordFields</name>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>At least 8 characters. A few words in a row are better than one odd word.</source>
        <translation>至少 8 位。几个词连在一起，比一个怪词更安全。</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>太短</translation>
    </message>
    <message>
        <source>easy to guess</source>
        <translation>容易被猜到</translation>
    </message>
    <message>
        <source>good</source>
        <translation>可以</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>很强</translation>
    </message>
</context>
<context>
    <name>NoticeBox</name>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>OnboardingSection</name>
    <message>
        <source>Done at an earlier visit</source>
        <translation>以前拜访时已完成</translation>
    </message>
</context>
<context>
    <name>OnboardingWords</name>
    <message>
        <source>New customer</source>
        <translation>新户</translation>
    </message>
    <message>
        <source>New customer: %1 of %2 steps done</source>
        <translation>新户辅导：已完成 %1/%2 步</translation>
    </message>
    <message>
        <source>%1 of %2 steps done.</source>
        <translation>新户辅导已完成 %1/%2 步。</translation>
    </message>
    <message>
        <source>Next: %1.</source>
        <translation>下一步：%1。</translation>
    </message>
    <message>
        <source>this visit</source>
        <translation>本次</translation>
    </message>
    <message>
        <source>visit %1</source>
        <translation>第 %1 次</translation>
    </message>
</context>
<context>
    <name>OpenPoints</name>
    <message>
        <source>Still open</source>
        <translation>还没填的</translation>
    </message>
    <message>
        <source>Nothing: every step is filled in.</source>
        <translation>没有遗漏，各步都已填好。</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) not reported yet</source>
        <translation>
            <numerusform>%n 项总部任务未上报</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaperEntry</name>
    <message>
        <source>Left at</source>
        <translation>离店时间</translation>
    </message>
    <message>
        <source>Not from paper</source>
        <translation>不是纸质补录</translation>
    </message>
    <message>
        <source>Enter from paper</source>
        <translation>纸质补录</translation>
    </message>
    <message>
        <source>Entered from paper since %1 %2: give the times of the visit itself.</source>
        <translation>%1 %2 起按纸质记录补录：请填实际到店和离店时间。</translation>
    </message>
    <message>
        <source>This time is still to come. The time of before stays.</source>
        <translation>这个时间还没到，仍保留原来的时间。</translation>
    </message>
    <message>
        <source>Nobody leaves before arriving. The time of before stays.</source>
        <translation>离店不能早于到店，仍保留原来的时间。</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide the password</source>
        <translation>隐藏密码</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>Caps Lock seems to be on.</source>
        <translation>大写锁定似乎已打开。</translation>
    </message>
</context>
<context>
    <name>PauseMenu</name>
    <message>
        <source>For an hour</source>
        <translation>一小时</translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation>到明天</translation>
    </message>
    <message>
        <source>Until I go on</source>
        <translation>直到我点继续</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
</context>
<context>
    <name>PhotoSection</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Place of the next photo</source>
        <translation>下一张照片的位置</translation>
    </message>
    <message>
        <source>No faces of customers, please.</source>
        <translation>请不要拍到顾客的脸。</translation>
    </message>
    <message>
        <source>Drop, paste or choose pictures</source>
        <translation>拖入、粘贴或选择照片</translation>
    </message>
    <message>
        <source>%1 · waiting</source>
        <translation>%1 · 待上传</translation>
    </message>
    <message>
        <source>%1 · at head office</source>
        <translation>%1 · 已送达总部</translation>
    </message>
    <message>
        <source>This picture is already part of the visit.</source>
        <translation>这张照片已经在本次拜访里了。</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>Pictures (%1)</source>
        <translation>图片 (%1)</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>照片说明</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PlanBars</name>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Planning the month</source>
        <translation>正在排本月计划</translation>
    </message>
    <message>
        <source>Draft: %1 visits on %2 days, %3 km. %4 moved, %5 without a day. Made in %6 s.</source>
        <translation>草案：%2 天 %1 次拜访，%3 km。改动 %4 次，排不下 %5 次。用时 %6 秒。</translation>
    </message>
    <message>
        <source>From %1 on:</source>
        <translation>从 %1 算起：</translation>
    </message>
    <message>
        <source>the last stop that fits ends at %1.</source>
        <translation>来得及的最后一户 %1 结束。</translation>
    </message>
    <message>
        <source>%1 do not fit: %2.</source>
        <translation>%1 户来不及：%2。</translation>
    </message>
    <message>
        <source>Everything fits.</source>
        <translation>全部来得及。</translation>
    </message>
    <message>
        <source>%1 is cut: go to a day and press Ctrl+V.</source>
        <translation>已剪切 %1：移到某一天，按 Ctrl+V 放下。</translation>
    </message>
    <message>
        <source>Choose the visit that changes places with %1.</source>
        <translation>请选择与 %1 对调的拜访。</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The paper is saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Planning was stopped; the plan is as it was.</source>
        <translation>已停止排计划，原计划不变。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Shortest order</source>
        <translation>最短顺序</translation>
    </message>
    <message>
        <source>Move what does not fit</source>
        <translation>改排来不及的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>As if half an hour earlier, but not before now</source>
        <translation>假设早半小时（不早于现在）</translation>
    </message>
    <message>
        <source>As if half an hour later: which stops fall out then</source>
        <translation>假设晚半小时：看哪些户来不及</translation>
    </message>
    <message>
        <source>Never mind</source>
        <translation>算了</translation>
    </message>
</context>
<context>
    <name>PlanMenu</name>
    <message>
        <source>Read the brief on Today</source>
        <translation>在今日页看简报</translation>
    </message>
    <message>
        <source>Open the visit</source>
        <translation>打开这次拜访</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>Why on this day</source>
        <translation>为什么排在这天</translation>
    </message>
    <message>
        <source>Let it be moved</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Fix on this day</source>
        <translation>固定在这一天</translation>
    </message>
    <message>
        <source>Take out of the plan</source>
        <translation>移出计划</translation>
    </message>
    <message>
        <source>Drop in nearby…</source>
        <translation>顺路拜访…</translation>
    </message>
    <message>
        <source>How often to visit…</source>
        <translation>拜访频次…</translation>
    </message>
    <message>
        <source>Do it the working day after</source>
        <translation>改到下一个工作日</translation>
    </message>
    <message>
        <source>Cut, to put on another day</source>
        <translation>剪切，放到另一天</translation>
    </message>
    <message>
        <source>Exchange with…</source>
        <translation>与另一户对调…</translation>
    </message>
    <message>
        <source>Open the day</source>
        <translation>打开这一天</translation>
    </message>
    <message>
        <source>Put here</source>
        <translation>放到这里</translation>
    </message>
    <message>
        <source>Add a shop nearby…</source>
        <translation>加一户附近的客户…</translation>
    </message>
    <message>
        <source>Shortest order</source>
        <translation>最短顺序</translation>
    </message>
    <message>
        <source>Fix all of the day</source>
        <translation>固定全天</translation>
    </message>
    <message>
        <source>Let all of the day be moved</source>
        <translation>取消全天固定</translation>
    </message>
    <message>
        <source>Company day off</source>
        <translation>公司休息</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>休假</translation>
    </message>
    <message>
        <source>Half day</source>
        <translation>半天</translation>
    </message>
    <message>
        <source>I work on this day</source>
        <translation>这一天上班</translation>
    </message>
    <message>
        <source>As the calendar says</source>
        <translation>按日历</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>By class, order day, load and distance</source>
        <translation>按分类频次、订货日、负荷与里程自动排</translation>
    </message>
    <message>
        <source>Visit plan</source>
        <translation>拜访计划</translation>
    </message>
</context>
<context>
    <name>PlanRow</name>
    <message>
        <source>Target of %1</source>
        <translation>%1的目标</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Done so far</source>
        <translation>已做的事</translation>
    </message>
    <message>
        <source>Date and what was done</source>
        <translation>日期和做了什么</translation>
    </message>
    <message>
        <source>No plan</source>
        <translation>不列入</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>%1 %2</source>
        <comment>month, year</comment>
        <translation>%2 年 %1</translation>
    </message>
    <message>
        <source>1 shop · %2 km</source>
        <translation>1 户 · %2 km</translation>
    </message>
    <message>
        <source>%1 shops · %2 km</source>
        <translation>%1 户 · %2 km</translation>
    </message>
    <message>
        <source>1 shop</source>
        <translation>1 户</translation>
    </message>
    <message>
        <source>%1 shops</source>
        <translation>%1 户</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>还有 %1 户</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>Does not fit any more</source>
        <translation>来不及</translation>
    </message>
    <message>
        <source>%1 (not yet announced)</source>
        <translation>%1（待公布）</translation>
    </message>
    <message>
        <source>%1 of at most %2 shops</source>
        <translation>%1 户，最多 %2 户</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1，最多 %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source> · %1 days</source>
        <translation> · %1 天</translation>
    </message>
    <message>
        <source>Order day not known</source>
        <translation>订货日未知</translation>
    </message>
    <message>
        <source>Orders %1: matches</source>
        <translation>%1订货：对上</translation>
    </message>
    <message>
        <source>Orders %1: does not match</source>
        <translation>%1订货：没对上</translation>
    </message>
    <message>
        <source>Order day</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>%1 前</translation>
    </message>
    <message>
        <source>Fixed on this day</source>
        <translation>已固定在这一天</translation>
    </message>
    <message>
        <source>Place presumed from its neighbours</source>
        <translation>位置按邻近客户推定</translation>
    </message>
    <message>
        <source>%1 of %2 shops · %3</source>
        <translation>%1 / %2 户 · %3</translation>
    </message>
    <message>
        <source>Order day matches</source>
        <translation>订货日对上</translation>
    </message>
    <message>
        <source>Order day does not match</source>
        <translation>订货日没对上</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>Nothing had to change.</source>
        <translation>无需改动。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>day, number of visits</comment>
        <translation>%1 %2 户</translation>
    </message>
    <message>
        <source>It stands after its last day.</source>
        <translation>排在最后期限之后。</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Orders missed</source>
        <translation>连续未订货</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>许可证将到期</translation>
    </message>
    <message>
        <source>Licence expired</source>
        <translation>许可证已过期</translation>
    </message>
    <message>
        <source>Purchases fell</source>
        <translation>购进下降</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>新户辅导</translation>
    </message>
    <message>
        <source>Plan due</source>
        <translation>提升计划到期</translation>
    </message>
    <message>
        <source>Agreement due</source>
        <translation>约定到期</translation>
    </message>
    <message>
        <source>Task of head office</source>
        <translation>总部任务</translation>
    </message>
    <message>
        <source>Sample shop</source>
        <translation>样本户</translation>
    </message>
    <message>
        <source>No visit yet</source>
        <translation>未访过</translation>
    </message>
    <message>
        <source>Long unvisited</source>
        <translation>久未拜访</translation>
    </message>
    <message>
        <source>May run out</source>
        <translation>可能断货</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>手动加入</translation>
    </message>
    <message>
        <source>The visit has begun.</source>
        <translation>拜访已经开始。</translation>
    </message>
    <message>
        <source>It is fixed on its day.</source>
        <translation>已固定在当天。</translation>
    </message>
    <message>
        <source>That day is over.</source>
        <translation>那一天已过。</translation>
    </message>
    <message>
        <source>The shop already has a visit on that day.</source>
        <translation>该客户那天已有拜访。</translation>
    </message>
    <message>
        <source>That is a day off.</source>
        <translation>那天休息。</translation>
    </message>
    <message>
        <source>It comes after its last day.</source>
        <translation>晚于最后期限。</translation>
    </message>
    <message>
        <source>More than fits into that day.</source>
        <translation>超出当天负荷。</translation>
    </message>
    <message>
        <source>The plan of the month is kept.</source>
        <translation>本月计划已采用。</translation>
    </message>
    <message>
        <source>%1 is planned on %2.</source>
        <translation>%1 已排到 %2。</translation>
    </message>
    <message>
        <source>%1 and %3 have changed places.</source>
        <translation>%1 与 %3 已对调。</translation>
    </message>
    <message>
        <source>Fixed on its day.</source>
        <translation>已固定在当天。</translation>
    </message>
    <message>
        <source>It may be moved again.</source>
        <translation>已取消固定。</translation>
    </message>
    <message>
        <source>%1 was taken out of the plan.</source>
        <translation>%1 已移出计划。</translation>
    </message>
    <message>
        <source>%1 was added on %2.</source>
        <translation>%1 已加到 %2。</translation>
    </message>
    <message>
        <source>The order of the day is changed.</source>
        <translation>当天顺序已改。</translation>
    </message>
    <message>
        <source>What is ahead has the shortest order now.</source>
        <translation>余下各户已按最短顺序排好。</translation>
    </message>
    <message>
        <source>%4 visits that did not fit were moved. %5</source>
        <translation>来不及的 %4 次拜访已改排：%5。</translation>
    </message>
    <message>
        <source>The day is changed; what is planned on it stays until you plan again.</source>
        <translation>这一天已更改；当天原有安排在重排前保留。</translation>
    </message>
    <message>
        <source>How often the shop is visited is changed; it counts at the next planning.</source>
        <translation>拜访频次已改，下次排计划时生效。</translation>
    </message>
    <message>
        <source>The set-up is kept; it counts at the next planning.</source>
        <translation>设置已保存，下次排计划时生效。</translation>
    </message>
    <message>
        <source>Not planned yet: plan the month.</source>
        <translation>尚未排计划：请排本月计划。</translation>
    </message>
    <message>
        <source>No working day is left for it.</source>
        <translation>没有可用的工作日。</translation>
    </message>
    <message>
        <source>It is fixed on a day off.</source>
        <translation>固定在了休息日。</translation>
    </message>
    <message>
        <source>The shop is shut in working time on every day left for it.</source>
        <translation>可选的日子里该客户工作时间都不开门。</translation>
    </message>
    <message>
        <source>Another visit of the shop is too near on every day left for it.</source>
        <translation>可选的日子都与另一次拜访离得太近。</translation>
    </message>
    <message>
        <source>Every day left for it has as many shops as it may have.</source>
        <translation>可选的日子户数都已排满。</translation>
    </message>
    <message>
        <source>No day left for it has enough time.</source>
        <translation>可选的日子时间都不够。</translation>
    </message>
    <message>
        <source>Way out: work on a day between {from} and {until}.</source>
        <translation>办法：{from} 至 {until} 之间加一个工作日。</translation>
    </message>
    <message>
        <source>Way out: let it be moved from {day}.</source>
        <translation>办法：取消在 {day} 的固定。</translation>
    </message>
    <message>
        <source>Way out: look at the opening hours in the archive.</source>
        <translation>办法：核对档案中的营业时间。</translation>
    </message>
    <message>
        <source>Way out: one more shop on {weekday}, on {days} day(s); that helps {serves} visit(s).</source>
        <translation>办法：{weekday}多排一户，共 {days} 天，可解决 {serves} 次。</translation>
    </message>
    <message>
        <source>Way out: {minutes} more minutes on {day}.</source>
        <translation>办法：{day} 增加 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Way out: {to} instead of {from} for {shops} shop(s), such as {names}.</source>
        <translation>办法：{shops} 户由 {from} 改为 {to}，如 {names}。</translation>
    </message>
</context>
<context>
    <name>PlansCard</name>
    <message>
        <source>Improvement plans</source>
        <translation>提升计划</translation>
    </message>
    <message>
        <source>No plan yet. Plans are made in a visit, from the diagnosis.</source>
        <translation>还没有提升计划。拜访中根据诊断制定。</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the page before (Esc)</source>
        <translation>回到刚才的页面（Esc）</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Buy it most · 13 weeks</source>
        <translation>买得最多 · 近 13 周</translation>
    </message>
    <message>
        <source>No shop bought it in the last 13 weeks.</source>
        <translation>近 13 周没有店买它。</translation>
    </message>
    <message>
        <source>Stopped buying · none in 13 weeks</source>
        <translation>不再购进 · 近 13 周没有买</translation>
    </message>
    <message>
        <source>No shop stopped buying it.</source>
        <translation>没有店停购。</translation>
    </message>
    <message>
        <source>Bought in the territory · %1 a month</source>
        <translation>全线购进量 · %1/月</translation>
    </message>
    <message>
        <source>This year so far</source>
        <translation>今年到今天</translation>
    </message>
    <message>
        <source>Shops that bought it this year</source>
        <translation>今年买过的店</translation>
    </message>
    <message>
        <source>last year %1</source>
        <translation>去年 %1</translation>
    </message>
    <message>
        <source>%1: %2, last year %3</source>
        <translation>%1：%2，去年 %3</translation>
    </message>
    <message>
        <source>Purchases of twelve months and of the same months last year</source>
        <translation>近十二个月的购进量与去年同月</translation>
    </message>
    <message>
        <source>nothing in the same days of last year</source>
        <translation>去年同期没有购进</translation>
    </message>
    <message>
        <source>%1 on %2 in the same days of last year</source>
        <translation>比去年同期 %2 %1</translation>
    </message>
    <message>
        <source>— this year  ┄ last year</source>
        <translation>— 今年  ┄ 去年</translation>
    </message>
    <message>
        <source>both to %1</source>
        <translation>都到 %1</translation>
    </message>
</context>
<context>
    <name>ProductWords</name>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>价类</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>生产厂家</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Units per case</source>
        <translation>每件数量</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新品</translation>
    </message>
    <message>
        <source>key SKU</source>
        <translation>重点培育</translation>
    </message>
    <message>
        <source>Marked as</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>货源</translation>
    </message>
    <message>
        <source>¥/%1</source>
        <translation>元/%1</translation>
    </message>
    <message>
        <source>Transfer price (%1)</source>
        <translation>调拨价（%1）</translation>
    </message>
    <message>
        <source>Wholesale price (%1)</source>
        <translation>批发价（%1）</translation>
    </message>
    <message>
        <source>Guide retail price (%1)</source>
        <translation>指导零售价（%1）</translation>
    </message>
    <message>
        <source>%1 on the 13 weeks before</source>
        <translation>比前 13 周 %1</translation>
    </message>
    <message>
        <source>last ordered %1</source>
        <translation>最近订货 %1</translation>
    </message>
</context>
<context>
    <name>ProfilePanel</name>
    <message>
        <source>All customers</source>
        <translation>全部客户</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Go on with the visit</source>
        <translation>继续拜访</translation>
    </message>
    <message>
        <source>Start visit</source>
        <translation>开始拜访</translation>
    </message>
    <message>
        <source>Proposed changes %1</source>
        <translation>变更申请 %1</translation>
    </message>
    <message>
        <source>The chart is saved: %1</source>
        <translation>图表已保存：%1</translation>
    </message>
</context>
<context>
    <name>PromiseLine</name>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>要做的事</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店主</translation>
    </message>
    <message>
        <source>Us</source>
        <translation>我方</translation>
    </message>
    <message>
        <source>Who does it</source>
        <translation>谁来做</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>PromiseList</name>
    <message>
        <source>Nothing is agreed yet.</source>
        <translation>还没有约定。</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>添加约定</translation>
    </message>
</context>
<context>
    <name>ProposalWords</name>
    <message>
        <source>waits to be sent</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>head office decides</source>
        <translation>总部待批</translation>
    </message>
    <message>
        <source>accepted by head office</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>before: %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>proposed: %1</source>
        <translation>建议改为 %1</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>proposed %1</source>
        <translation>%1 提出</translation>
    </message>
    <message>
        <source>you</source>
        <translation>本人</translation>
    </message>
</context>
<context>
    <name>ProposalsPanel</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Changes that head office decides</source>
        <translation>变更申请</translation>
    </message>
    <message>
        <source>The change</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回申请</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>Nothing is proposed. Fields of the archive that are marked with an arrow go to head office.</source>
        <translation>没有变更申请。档案里带箭头的项目，改动后报总部确认。</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n 项待审</numerusform>
        </translation>
    </message>
    <message>
        <source>Head office has decided it, or it is on its way; it can be withdrawn no more.</source>
        <translation>总部已经审定或申请正在上传，不能再撤回。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
</context>
<context>
    <name>PurchasesCard</name>
    <message>
        <source>Save chart…</source>
        <translation>保存图表…</translation>
    </message>
    <message>
        <source>No orders yet. They come with the order file of head office.</source>
        <translation>还没有订单。导入公司下发的订单文件后显示。</translation>
    </message>
    <message>
        <source>Purchases · %1 a month</source>
        <translation>购进量 · %1/月</translation>
    </message>
    <message>
        <source>— this year  ┄ last year</source>
        <translation>— 今年  ┄ 去年同期</translation>
    </message>
    <message>
        <source>%1: %2, last year %3</source>
        <translation>%1：%2，去年同期 %3</translation>
    </message>
    <message>
        <source>Purchases of twelve months and of the same months last year</source>
        <translation>近十二个月购进量与去年同期</translation>
    </message>
    <message>
        <source>both to %1</source>
        <translation>都到 %1</translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg)</source>
        <translation>图片 (*.png);;矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
</context>
<context>
    <name>ReasonCard</name>
    <message>
        <source>Note on the correction</source>
        <translation>修正说明</translation>
    </message>
    <message>
        <source>Known market opportunities</source>
        <translation>已知的市场机会</translation>
    </message>
    <message>
        <source>Note, in your words</source>
        <translation>说明（自己的话）</translation>
    </message>
    <message>
        <source>Which other reason?</source>
        <translation>请写明其他原因</translation>
    </message>
    <message>
        <source>Market opportunity behind it</source>
        <translation>相关市场机会</translation>
    </message>
    <message>
        <source>Alt and a number choose from the table. F4 comes here: type a number or words. Esc goes back.</source>
        <translation>在表格中按 Alt+数字选择；按 F4 到这里，键入数字选择，键入文字即为备注；Esc 返回。</translation>
    </message>
    <message>
        <source>Reason of the correction</source>
        <translation>修正原因</translation>
    </message>
    <message>
        <source>Why %1? %2</source>
        <translation>为什么是 %1？%2</translation>
    </message>
</context>
<context>
    <name>ReceiptBox</name>
    <message>
        <source>Asking head office…</source>
        <translation>正在与总部核对…</translation>
    </message>
    <message>
        <source>Writing the file…</source>
        <translation>正在写文件…</translation>
    </message>
    <message>
        <source>Receipt of the day</source>
        <translation>当日回执</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>与总部核对</translation>
    </message>
    <message>
        <source>Receipt…</source>
        <translation>查看回执…</translation>
    </message>
    <message>
        <source>Handover file…</source>
        <translation>交接文件…</translation>
    </message>
    <message>
        <source>Without any network: what waits as one sealed file on a stick, for head office to take in</source>
        <translation>完全没有网络时：把待上传的内容写成一个加密文件，用 U 盘交给总部</translation>
    </message>
    <message>
        <source>Write a handover file</source>
        <translation>写交接文件</translation>
    </message>
    <message>
        <source>Handover file (*.zoufang)</source>
        <translation>交接文件 (*.zoufang)</translation>
    </message>
</context>
<context>
    <name>ReceiptDialog</name>
    <message>
        <source>Asking head office…</source>
        <translation>正在与总部核对…</translation>
    </message>
    <message>
        <source>Receipt of the day</source>
        <translation>当日回执</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>与总部核对</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>保存回执</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Opened in the PDF viewer of this computer: print from there.</source>
        <translation>已用本机的 PDF 阅读器打开，请在那里打印。</translation>
    </message>
    <message>
        <source>This computer has no PDF viewer. Save the file and print it elsewhere.</source>
        <translation>本机没有 PDF 阅读器。请另存文件，到别处打印。</translation>
    </message>
    <message>
        <source>Receipt %1.pdf</source>
        <translation>回执 %1.pdf</translation>
    </message>
</context>
<context>
    <name>ReceiptWords</name>
    <message>
        <source>not compared</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>to be compared again</source>
        <translation>待重新核对</translation>
    </message>
    <message>
        <source>no visits</source>
        <translation>没有拜访</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>day complete</source>
        <translation>当日完成</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>尚未完成</translation>
    </message>
    <message>
        <source>visits complete · %1 more to upload</source>
        <translation>拜访已完成 · 另有 %1 条待上传</translation>
    </message>
    <message>
        <source>Head office has not been asked about this day.</source>
        <translation>这一天还没有与总部核对。</translation>
    </message>
    <message>
        <source>The day was changed since head office compared it; the next sync compares it again.</source>
        <translation>核对之后又有改动；下次同步时自动重新核对。</translation>
    </message>
    <message>
        <source>%1 of the photos prove a task.</source>
        <translation>照片中 %1 张是任务凭证。</translation>
    </message>
    <message>
        <source>No visits on this day.</source>
        <translation>当日没有拜访。</translation>
    </message>
    <message>
        <source>%1 of %2 visits are the same on both sides, photos %3 of %4.</source>
        <translation>拜访 %2 次，双方一致 %1 次；照片 %3 / %4 张。</translation>
    </message>
    <message>
        <source>Receipt %1.</source>
        <translation>回执号 %1。</translation>
    </message>
    <message>
        <source>%1 records still wait here.</source>
        <translation>还有 %1 条待上传。</translation>
    </message>
    <message>
        <source>In progress: %1; the day is complete when they have ended.</source>
        <translation>进行中 %1 次，结束后当日才算完成。</translation>
    </message>
    <message>
        <source>Of shops that were handed on: %1; they are at head office.</source>
        <translation>其中已移交客户的拜访 %1 次，都在总部。</translation>
    </message>
    <message>
        <source>%1: %2 records and %3 pictures, %4.</source>
        <translation>%1：%2 条记录，%3 张图片，%4。</translation>
    </message>
    <message>
        <source>Only head office can open it. It counts as delivered once head office has taken it in; a later sync doubles nothing.</source>
        <translation>只有总部能打开。总部导入之后才算送达；以后联网同步也不会重复。</translation>
    </message>
</context>
<context>
    <name>RefusalWords</name>
    <message>
        <source>Head office did not take it. What you wrote is kept here.</source>
        <translation>总部没有收下；你写的内容留在本机。</translation>
    </message>
    <message>
        <source>Head office looked at it and refused it. What you wrote is kept here.</source>
        <translation>总部看过后已退回。你写的内容仍保存在本机。</translation>
    </message>
    <message>
        <source>Head office looked at it and refused it: “%1”. What you wrote is kept here.</source>
        <translation>总部看过后已退回，理由：“%1”。你写的内容仍保存在本机。</translation>
    </message>
    <message>
        <source>Head office keeps this record; it cannot be changed from a laptop.</source>
        <translation>这条记录由总部维护，电脑上不能改。</translation>
    </message>
    <message>
        <source>Only head office may add or delete such records. Ask head office.</source>
        <translation>这类记录只能由总部新增或删除，请联系总部。</translation>
    </message>
    <message>
        <source>Head office keeps this field; its value stands.</source>
        <translation>这一栏由总部维护，以总部的值为准。</translation>
    </message>
    <message>
        <source>Another manager wrote this record; only that person can change it.</source>
        <translation>这条记录是另一位客户经理写的，只有本人能改。</translation>
    </message>
    <message>
        <source>This record does not belong to you any more.</source>
        <translation>这条记录已不归你管。</translation>
    </message>
    <message>
        <source>This laptop was reported lost. Head office is keeping its records and decides on them.</source>
        <translation>这台电脑已报失，记录由总部暂存并处理。</translation>
    </message>
    <message>
        <source>This visit is older than it may be corrected from a laptop. Head office decides on the change.</source>
        <translation>这次拜访已超过可以更正的天数，改动要由总部决定。</translation>
    </message>
    <message>
        <source>Head office has decided this already, so it can be changed no more.</source>
        <translation>总部已经作出决定，不能再改。</translation>
    </message>
    <message>
        <source>The 90 days for changing this decision are over.</source>
        <translation>改变这项决定的 90 天期限已过。</translation>
    </message>
    <message>
        <source>What it belongs to has not reached head office yet. It is tried again then.</source>
        <translation>它所属的记录还没到总部，到了以后会自动再试。</translation>
    </message>
    <message>
        <source>Head office does not know this record yet. It keeps the change until the record comes.</source>
        <translation>总部还没有这条记录，改动先由总部暂存，等记录到了再处理。</translation>
    </message>
    <message>
        <source>Head office&apos;s program is older than this one. It keeps the change until it is brought up to date.</source>
        <translation>总部的程序版本较旧，改动先由总部暂存，等总部升级后再处理。</translation>
    </message>
    <message>
        <source>Head office has deleted this record; what you wrote is kept here.</source>
        <translation>总部已删除这条记录；你写的内容留在本机。</translation>
    </message>
    <message>
        <source>Head office holds this record with another content, from a copy of this laptop&apos;s data. Both are kept.</source>
        <translation>总部已有同一条记录、内容不同，来自本机数据的另一份副本；两份都保留。</translation>
    </message>
    <message>
        <source>Head office holds another record under the same number. What you wrote is kept here: enter it again.</source>
        <translation>总部在同一编号下已有别的记录。你写的内容留在本机，请重新录入。</translation>
    </message>
    <message>
        <source>This customer belongs to another territory now. Head office keeps what you wrote; it or the manager there decides.</source>
        <translation>这户客户已划到别的片区；你写的内容总部已留存，由总部或那边的客户经理决定。</translation>
    </message>
    <message>
        <source>The task is in another state by now, so this step is not possible. Look at it again.</source>
        <translation>这项任务的状态已经变了，不能再走这一步，请重新看一下。</translation>
    </message>
    <message>
        <source>The record is too large to be sent. Shorten its notes.</source>
        <translation>这条记录太大，发不出去，请把备注缩短。</translation>
    </message>
    <message>
        <source>This text is too long to be sent. Open the record and shorten it; everything else in it went up.</source>
        <translation>这段文字太长，发不出去。请打开记录把它缩短；记录的其他内容已经上传。</translation>
    </message>
    <message>
        <source>Head office could not read the decision. Decide again.</source>
        <translation>总部读不懂这项决定，请重新决定。</translation>
    </message>
    <message>
        <source>A mistake of the program, not yours. What you wrote is kept here; please tell head office.</source>
        <translation>这是程序的问题，不是你的错。你写的内容都留在本机，请告诉总部。</translation>
    </message>
    <message>
        <source>A field that must be filled in is empty. Open the record and fill it in.</source>
        <translation>有必填栏目是空的，请打开记录补上。</translation>
    </message>
    <message>
        <source>What a record belongs to cannot be changed afterwards. Enter it anew at the right place.</source>
        <translation>记录属于哪一户、哪次拜访，事后不能更改；请在正确的位置重新录入。</translation>
    </message>
    <message>
        <source>Head office&apos;s program does not know this field yet. What you wrote is kept here.</source>
        <translation>总部的程序还不认识这一栏；你写的内容留在本机。</translation>
    </message>
    <message>
        <source>Head office could not read a value in it. Open it and check what is entered.</source>
        <translation>其中有一个值总部读不懂，请打开检查录入的内容。</translation>
    </message>
    <message>
        <source>Head office does not let this be changed from a laptop.</source>
        <translation>总部不允许在电脑上改这一项。</translation>
    </message>
    <message>
        <source>Head office could not read it. Open it and check what is entered.</source>
        <translation>总部读不懂这条记录，请打开检查录入的内容。</translation>
    </message>
    <message>
        <source>Head office is keeping it until what it belongs to is known.</source>
        <translation>总部先暂存，等它所属的记录到了再处理。</translation>
    </message>
</context>
<context>
    <name>RefusedBox</name>
    <message>
        <source>Fields: %1</source>
        <translation>栏目：%1</translation>
    </message>
    <message>
        <source>Open and mend</source>
        <translation>打开修改</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>先放一边</translation>
    </message>
    <message>
        <source>Takes it off this list; what you wrote stays on this laptop</source>
        <translation>从列表里拿掉；你写的内容仍留在本机</translation>
    </message>
</context>
<context>
    <name>RefusedTableModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>RestoredWords</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>nothing entered yet</source>
        <translation>还没有记录</translation>
    </message>
    <message>
        <source>Restored the visit at %1: step %2 &apos;%3&apos;, %4; last saved %5.</source>
        <translation>已恢复「%1」的拜访：停在第 %2 步「%3」，%4；最后保存于 %5。</translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s) counted</source>
        <translation>
            <numerusform>已清点 %n 个品规</numerusform>
        </translation>
    </message>
    <message>
        <source>the shelf check</source>
        <translation>陈列检查</translation>
    </message>
    <message numerus="yes">
        <source>%n diagnosis item(s)</source>
        <translation>
            <numerusform>%n 项诊断</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order guidance</source>
        <translation>
            <numerusform>%n 行订货建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n improvement plan(s)</source>
        <translation>
            <numerusform>%n 项提升计划</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agreed step(s)</source>
        <translation>
            <numerusform>%n 条约定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>照片 %n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultCard</name>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>rows read</source>
        <translation>读取行数</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>see below</source>
        <translation>见下表</translation>
    </message>
    <message>
        <source>What was refused, and why. Each row can be mended in the saved file and imported again.</source>
        <translation>被拒绝的行及原因。可保存成文件，改好后再导入。</translation>
    </message>
    <message>
        <source>The first %1 refused rows; the saved file holds all of them.</source>
        <translation>以下是前 %1 行；保存的文件中有全部被拒绝的行。</translation>
    </message>
    <message>
        <source>Go to Today</source>
        <translation>去“今日”</translation>
    </message>
    <message>
        <source>Next: products</source>
        <translation>下一步：品规</translation>
    </message>
    <message>
        <source>Next: orders</source>
        <translation>下一步：订单</translation>
    </message>
    <message>
        <source>Dry run: nothing was changed. This is what an import would do.</source>
        <translation>试运行：没有改动任何数据。导入时将会是这样：</translation>
    </message>
    <message>
        <source>Imported. Everything in this file was here already.</source>
        <translation>导入完成。文件中的内容此前都已存在。</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) that you had entered yourself stayed.</source>
        <translation>
            <numerusform>您自己录入的 %n 个值保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>Imported.</source>
        <translation>已导入。</translation>
    </message>
    <message>
        <source>What comes in</source>
        <translation>导入结果</translation>
    </message>
    <message>
        <source>Choose a file and check it first: the dry run counts and shows every row that would be refused.</source>
        <translation>选好文件后先试运行：统计行数，并列出每一行会被拒绝的内容。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Save the refused rows…</source>
        <translation>保存被拒绝的行…</translation>
    </message>
    <message>
        <source>Refused rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save the refused rows</source>
        <translation>保存被拒绝的行</translation>
    </message>
</context>
<context>
    <name>RiskBar</name>
    <message>
        <source>Looking at stocks</source>
        <translation>正在计算断货风险</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 of %2 shops</source>
        <translation>%1 / %2 户</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>RoundWords</name>
    <message>
        <source>These are practice data; they are never sent to head office.</source>
        <translation>这是练习数据，永远不会发给总部。</translation>
    </message>
    <message>
        <source>This laptop is not enrolled at head office. Everything is kept here, and work goes on.</source>
        <translation>这台电脑还没有在总部登记。所有记录都在本机，工作照常进行。</translation>
    </message>
    <message>
        <source>The pause of the other day is over: sync goes on by itself.</source>
        <translation>之前的暂停已结束，同步照常自动进行。</translation>
    </message>
    <message>
        <source>Everything is safe on this laptop; Sync now still works.</source>
        <translation>内容都安全保存在本机，需要时仍可点“立即同步”。</translation>
    </message>
    <message>
        <source>Paused until you go on, or start the program on a later day: nothing is sent by itself.</source>
        <translation>已暂停：点“继续”，或隔天重新打开程序后才自动上传。</translation>
    </message>
    <message>
        <source>Paused until tomorrow: nothing is sent by itself.</source>
        <translation>已暂停到明天，期间不自动上传。</translation>
    </message>
    <message>
        <source>Paused until %1: nothing is sent by itself.</source>
        <translation>已暂停到 %1，期间不自动上传。</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1待上传</translation>
    </message>
    <message>
        <source>Head office has confirmed what was sent.</source>
        <translation>已上传的总部都已确认。</translation>
    </message>
    <message>
        <source>Large photos wait for the charger; Sync now sends them all the same.</source>
        <translation>大图等接上电源再传；点“立即同步”可马上全部上传。</translation>
    </message>
    <message>
        <source>Large photos wait for a network without a phone&apos;s data plan, or for tomorrow.</source>
        <translation>大图等不走手机流量的网络，或明天再传。</translation>
    </message>
    <message>
        <source>The line was lost; %1 wait here and go on by themselves.</source>
        <translation>网络断了，还有 %1待上传，连上后自动接着传。</translation>
    </message>
    <message>
        <source>The line was lost; the rest comes by itself.</source>
        <translation>网络断了，连上后自动接着收。</translation>
    </message>
    <message>
        <source>Next try at %1.</source>
        <translation>%1 再试。</translation>
    </message>
    <message>
        <source>Next try within a minute.</source>
        <translation>一分钟内再试。</translation>
    </message>
    <message>
        <source>Still waiting: %1.</source>
        <translation>还有 %1待上传。</translation>
    </message>
    <message>
        <source>%1 are free on this disk and %2 are needed to receive. What waits goes up all the same; make room, then sync again.</source>
        <translation>磁盘剩余 %1，接收更新需要 %2。待上传的照常上传；请清理磁盘后再同步一次。</translation>
    </message>
    <message>
        <source>Only %1 % of the battery are left.</source>
        <translation>电池只剩 %1 %。</translation>
    </message>
    <message>
        <source>Until the charger is plugged in, large photos go only when you press Sync now.</source>
        <translation>接上电源前，大图只在点“立即同步”时上传。</translation>
    </message>
    <message>
        <source>Sync before %1: after that the data stay closed until head office was reached.</source>
        <translation>请在 %1 之前同步一次；过了这个时间，要先联系上总部才能打开资料。</translation>
    </message>
    <message>
        <source>You can leave this page and work on; after a cut it goes on by itself.</source>
        <translation>可以离开本页继续工作；断网后会自动接着传。</translation>
    </message>
    <message>
        <source>Reaching head office…</source>
        <translation>正在连接总部…</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Up %1/s</source>
        <translation>上行 %1/s</translation>
    </message>
    <message>
        <source>Down %1/s</source>
        <translation>下行 %1/s</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>还需约 %1 分钟</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>还需不到 1 分钟</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>Route</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>Sketch of the route, without streets</source>
        <translation>路线示意图（不含道路）</translation>
    </message>
    <message>
        <source>Show the brief (Ctrl+M)</source>
        <translation>显示简报（Ctrl+M）</translation>
    </message>
    <message>
        <source>Re-sort</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>Put the stops ahead into a short order (Ctrl+R)</source>
        <translation>把还没去的客户排成较短的顺序（Ctrl+R）</translation>
    </message>
    <message numerus="yes">
        <source>%n stop(s) without a place</source>
        <translation>
            <numerusform>%n 户没有坐标</numerusform>
        </translation>
    </message>
    <message>
        <source>Sketch without streets</source>
        <translation>示意图，不含道路</translation>
    </message>
    <message>
        <source>%1 km less than now</source>
        <translation>可比现在少 %1 km</translation>
    </message>
    <message>
        <source>The way of today is done.</source>
        <translation>今天的路都走完了。</translation>
    </message>
    <message>
        <source>Drag a stop in the list to change the order</source>
        <translation>在列表里拖动客户可改顺序</translation>
    </message>
</context>
<context>
    <name>RowsTableModel</name>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>SafetyCard</name>
    <message>
        <source>Change the password</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>Keep the key</source>
        <translation>免输密码</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>This system has no keyring that keeps the key. The password is asked at every start.</source>
        <translation>本系统没有可用的钥匙串，每次启动都要输入密码。</translation>
    </message>
    <message>
        <source>Too many wrong passwords. Wait %1 s and try again.</source>
        <translation>密码错误次数过多，请等 %1 秒再试。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>after %1 min without a key or a click</source>
        <translation>%1 分钟无操作后</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>锁定窗口</translation>
    </message>
    <message>
        <source>Open without the password (system keyring)</source>
        <translation>在这台电脑上免输密码（由系统钥匙串保管）</translation>
    </message>
    <message>
        <source>Whoever can use your account on this computer can then open the data. Ctrl+L locks at any time.</source>
        <translation>勾选后，能登录您电脑账户的人就能打开数据。随时可按 Ctrl+L 锁定。</translation>
    </message>
    <message>
        <source>Change the password…</source>
        <translation>更改密码…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>当前密码</translation>
    </message>
    <message>
        <source>The password is changed. Backups made before still open with the old one.</source>
        <translation>密码已更改。此前的备份仍用旧密码打开。</translation>
    </message>
</context>
<context>
    <name>ScoreLine</name>
    <message>
        <source>F01 total</source>
        <translation>F01 总量</translation>
    </message>
    <message>
        <source>F03 SKUs</source>
        <translation>F03 分品规</translation>
    </message>
    <message>
        <source>F04 hits</source>
        <translation>F04 达标率</translation>
    </message>
    <message>
        <source>WAPE</source>
        <translation>WAPE</translation>
    </message>
    <message>
        <source>MASE</source>
        <translation>MASE</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏差方向</translation>
    </message>
    <message>
        <source>Σ |F − D| ÷ Σ D over the SKUs: how much of what came was misjudged.</source>
        <translation>各品规 Σ|F − D| ÷ Σ D：实际需求中有多少没有估准。</translation>
    </message>
    <message>
        <source>Mean error of each SKU over that of “as a year ago” in earlier months; below 1 is nearer.</source>
        <translation>各品规的平均误差 ÷ 以往按“去年同月”预测的误差；小于 1 表示更准。</translation>
    </message>
    <message>
        <source>Σ (F − D) ÷ Σ D: above 0 too much was forecast, below 0 too little.</source>
        <translation>Σ(F − D) ÷ Σ D：大于 0 为报多，小于 0 为报少。</translation>
    </message>
    <message>
        <source>sys. %1</source>
        <translation>系统 %1</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search customers, products, licence number, pinyin initials…</source>
        <translation>搜索客户、品规、许可证号、拼音首字母…</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
</context>
<context>
    <name>SearchLines</name>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Nothing found for &apos;%1&apos;</source>
        <translation>没有找到“%1”</translation>
    </message>
    <message>
        <source>Last searches</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>Type characters, pinyin, initials, a code, a licence number or the last four digits of a phone.</source>
        <translation>可输入汉字、拼音、首字母、编码、许可证号、电话后四位。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证号</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>经营者</translation>
    </message>
    <message>
        <source>Legal person</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Registered as</source>
        <translation>登记名称</translation>
    </message>
    <message>
        <source>Short code</source>
        <translation>助记码</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
</context>
<context>
    <name>SelectionCard</name>
    <message>
        <source>Selected</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>Selected shops</source>
        <translation>已选客户</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制清单</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Select nothing (Esc)</source>
        <translation>不选任何客户（Esc）</translation>
    </message>
    <message>
        <source>Click a shop, or draw a line around several: with the lasso (L), or Ctrl and drag. Shift: a frame.</source>
        <translation>点一户客户，或圈选多户：用套索（L），或按住 Ctrl 拖动；按住 Shift 拖出方框。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Visit class</source>
        <translation>拜访类别</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>应访</translation>
    </message>
    <message>
        <source>Order day</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次拜访</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Every choice holds at once</source>
        <translation>选择后立即生效</translation>
    </message>
</context>
<context>
    <name>SetupDialog</name>
    <message>
        <source>Set up the days</source>
        <translation>工作日设置</translation>
    </message>
    <message>
        <source>A shop, or 30.1234, 110.5678</source>
        <translation>客户名称，或 30.1234, 110.5678</translation>
    </message>
    <message>
        <source>Lunch</source>
        <translation>午休</translation>
    </message>
    <message>
        <source>As the territory keeps</source>
        <translation>随辖区</translation>
    </message>
    <message>
        <source>China</source>
        <translation>中国</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>周一至周五</translation>
    </message>
    <message>
        <source>The day starts at</source>
        <translation>出发地点</translation>
    </message>
    <message>
        <source>The day ends at</source>
        <translation>结束地点</translation>
    </message>
    <message>
        <source>First visit from</source>
        <translation>首户不早于</translation>
    </message>
    <message>
        <source>Last visit until</source>
        <translation>末户不晚于</translation>
    </message>
    <message>
        <source>Lunch from</source>
        <translation>午休开始</translation>
    </message>
    <message>
        <source>Lunch until</source>
        <translation>午休结束</translation>
    </message>
    <message>
        <source>Shops a day at most</source>
        <translation>每日最多户数</translation>
    </message>
    <message>
        <source>Minutes a day at most</source>
        <translation>每日最多分钟</translation>
    </message>
    <message>
        <source>Minutes a visit, town</source>
        <translation>每户分钟（城镇）</translation>
    </message>
    <message>
        <source>Minutes a visit, country</source>
        <translation>每户分钟（乡村）</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Days off, half days and leave: right click on a day of the calendar.</source>
        <translation>休息日、半天和休假：在日历上右击某一天。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no shop with a place and no pair of degrees such as 30.1234, 110.5678.</source>
        <translation>“%1”不是有坐标的客户，也不是 30.1234, 110.5678 这样的经纬度。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no time of day: write it as 08:30.</source>
        <translation>“%1”不是时间：请写成 08:30。</translation>
    </message>
    <message>
        <source>The end lies before the beginning.</source>
        <translation>结束早于开始。</translation>
    </message>
    <message>
        <source>%1: a number from 1 to %2.</source>
        <translation>%1：请填 1 到 %2 的数字。</translation>
    </message>
    <message>
        <source>The set-up could not be read.</source>
        <translation>设置读取失败。</translation>
    </message>
</context>
<context>
    <name>SheetExports</name>
    <message>
        <source>Plan table of the month, PDF</source>
        <translation>本月拜访计划表，PDF</translation>
    </message>
    <message>
        <source>Plan table of the month, Excel</source>
        <translation>本月拜访计划表，Excel</translation>
    </message>
    <message>
        <source>Month for a calendar program (.ics)</source>
        <translation>本月日程，供日历软件用</translation>
    </message>
    <message>
        <source>Day sheet, half a page</source>
        <translation>当日路单，半页</translation>
    </message>
    <message>
        <source>Forms of the day, to fill in by hand</source>
        <translation>当日手填表</translation>
    </message>
    <message>
        <source>Save the paper</source>
        <translation>保存表单</translation>
    </message>
    <message>
        <source>Visit plan</source>
        <translation>拜访计划</translation>
    </message>
</context>
<context>
    <name>SheetPanel</name>
    <message>
        <source>Save…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>The customer&apos;s sheet</source>
        <translation>客户小结</translation>
    </message>
    <message>
        <source>Back to the wrap-up</source>
        <translation>返回小结</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大查看</translation>
    </message>
    <message>
        <source>Left out, because it may not stand on the customer&apos;s sheet; please reword: %1</source>
        <translation>以下内容不宜印给客户，已略去，请改写：%1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Save the customer&apos;s sheet</source>
        <translation>保存客户小结</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Opened in the PDF viewer of this computer: print from there.</source>
        <translation>已用本机的 PDF 阅读器打开，请在那里打印。</translation>
    </message>
    <message>
        <source>This computer has no PDF viewer. Save the file and print it elsewhere.</source>
        <translation>本机没有 PDF 阅读器，请保存文件后在别处打印。</translation>
    </message>
    <message>
        <source>The file could not be written (%1). Choose another place.</source>
        <translation>文件写不进去（%1），请换一个位置。</translation>
    </message>
</context>
<context>
    <name>ShelfWords</name>
    <message>
        <source>SKUs on sale</source>
        <translation>在售品规</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>规</translation>
    </message>
    <message>
        <source>SKUs shown</source>
        <translation>出样品规</translation>
    </message>
    <message>
        <source>SKUs with a tag</source>
        <translation>有价签品规</translation>
    </message>
    <message>
        <source>Display slots</source>
        <translation>陈列位</translation>
    </message>
    <message>
        <source>slots</source>
        <translation>个</translation>
    </message>
    <message>
        <source>%1 %2, but %3 only %4: which of them is right?</source>
        <translation>%1 %2，%3却只有 %4：哪个数对？</translation>
    </message>
    <message>
        <source>Own counter or rack, in good order</source>
        <translation>专柜或专架，完好</translation>
    </message>
    <message>
        <source>Well placed, near the till</source>
        <translation>位置醒目，靠收银台</translation>
    </message>
    <message>
        <source>In order of price or brand</source>
        <translation>按价位或品牌有序</translation>
    </message>
    <message>
        <source>Samples clean, changed within a month</source>
        <translation>摆样干净，一个月内换过</translation>
    </message>
    <message>
        <source>Licence shown openly</source>
        <translation>亮证经营：许可证在明处</translation>
    </message>
    <message>
        <source>Sign &apos;no sale to minors&apos;</source>
        <translation>「禁止向未成年人售烟」标识</translation>
    </message>
    <message>
        <source>One tag each, with name, price and unit</source>
        <translation>一货一签，品名价格单位齐</translation>
    </message>
    <message>
        <source>Sold at the price tagged (5 SKUs tried)</source>
        <translation>标价与实售一致（抽 5 规）</translation>
    </message>
</context>
<context>
    <name>ShopsTableModel</name>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>Good to see you</source>
        <translation>欢迎回来</translation>
    </message>
    <message>
        <source>The password opens the data on this laptop. No network is needed.</source>
        <translation>用密码打开这台电脑上的数据，无需联网。</translation>
    </message>
    <message>
        <source>Zoufang</source>
        <translation>走访</translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message>
        <source>Visits of the year %1</source>
        <translation>%1 年拜访统计</translation>
    </message>
    <message>
        <source>Reading the year…</source>
        <translation>正在读取全年…</translation>
    </message>
    <message>
        <source>Shops to visit soon, most urgent first</source>
        <translation>即将到期的客户，最急的在前</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Shops visited as often as due</source>
        <translation>频次达标</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>%1 of %2 timed</source>
        <translation>%1（有时间记录 %2 次）</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>Begun within 15 minutes of the plan</source>
        <translation>计划时间 15 分钟内到店</translation>
    </message>
    <message>
        <source>Minutes in a shop, median</source>
        <translation>每户时长（中位数）</translation>
    </message>
    <message>
        <source>Way between the shops</source>
        <translation>户间里程</translation>
    </message>
    <message>
        <source>Without having been planned</source>
        <translation>计划外拜访</translation>
    </message>
    <message>
        <source>last visit %1</source>
        <translation>上次拜访 %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>%1 前</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>关门</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒访</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未访</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>里程</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>全年</translation>
    </message>
    <message>
        <source>Within a week</source>
        <translation>一周内</translation>
    </message>
    <message>
        <source>Within two weeks</source>
        <translation>两周内</translation>
    </message>
    <message>
        <source>Within a month</source>
        <translation>一月内</translation>
    </message>
    <message>
        <source>Visited</source>
        <translation>已访</translation>
    </message>
    <message>
        <source>The year could not be read. Close this and try again.</source>
        <translation>全年数据读取失败，请关闭后再试。</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>Making a backup…</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Nothing waits. This laptop works without a network; that is normal.</source>
        <translation>没有待上传的内容。这台电脑可以离线工作，这是正常的。</translation>
    </message>
    <message>
        <source>%1 changes are saved on this laptop. These are practice data; they never go to head office.</source>
        <translation>已在本机保存 %1 条更改。这是练习数据，不会上传总部。</translation>
    </message>
    <message>
        <source>%1 changes wait for head office, the oldest since %2. They are safe on this laptop and go up when head office can be reached. Working without a network is normal.</source>
        <translation>有 %1 条记录待上传，最早的一条是 %2。它们安全地存在这台电脑上，能连上总部时自动上传。离线工作是正常的。</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Practice day: today is</source>
        <translation>练习日（以这一天为今天）</translation>
    </message>
    <message>
        <source>Last backup</source>
        <translation>最近备份</translation>
    </message>
    <message>
        <source>Territory</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Size of the data file</source>
        <translation>数据文件大小</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>硬盘剩余空间</translation>
    </message>
    <message>
        <source>Customer archive</source>
        <translation>客户档案</translation>
    </message>
    <message>
        <source>Stock and prices</source>
        <translation>库存与价格</translation>
    </message>
    <message>
        <source>Shelf checks</source>
        <translation>陈列检查</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Order guidance</source>
        <translation>订货建议</translation>
    </message>
    <message>
        <source>Improvement plans</source>
        <translation>提升计划</translation>
    </message>
    <message>
        <source>Agreements</source>
        <translation>约定事项</translation>
    </message>
    <message>
        <source>Waiting for head office</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>Your changes</source>
        <translation>您的更改</translation>
    </message>
    <message>
        <source>Forecast corrections</source>
        <translation>预测修正</translation>
    </message>
    <message>
        <source>Submitted forecasts</source>
        <translation>已上报预测</translation>
    </message>
    <message>
        <source>Figures of submitted forecasts</source>
        <translation>上报明细</translation>
    </message>
    <message>
        <source>Causes of forecast differences</source>
        <translation>预测差异原因</translation>
    </message>
    <message>
        <source>Kinds of brands and shops</source>
        <translation>品牌与客户类别</translation>
    </message>
    <message>
        <source>Own targets</source>
        <translation>自定目标</translation>
    </message>
    <message>
        <source>Targets of head office</source>
        <translation>总部目标</translation>
    </message>
    <message>
        <source>Visit frequencies chosen</source>
        <translation>拜访频次调整</translation>
    </message>
    <message>
        <source>Days off</source>
        <translation>休息与调班</translation>
    </message>
    <message>
        <source>all safely on disk</source>
        <translation>已全部保存在本机</translation>
    </message>
    <message>
        <source>On this laptop</source>
        <translation>这台电脑上</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What waits, and what is safe</source>
        <translation>待上传的内容与备份情况</translation>
    </message>
</context>
<context>
    <name>StepAdvice</name>
    <message>
        <source>Use and continue</source>
        <translation>采用并继续</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复建议值</translation>
    </message>
    <message>
        <source>Let every suggestion stand as it was</source>
        <translation>全部恢复为建议值</translation>
    </message>
    <message>
        <source>Only with a suggestion</source>
        <translation>只看有建议的</translation>
    </message>
    <message>
        <source>Order day %1 · in %2 · a suggestion, nothing is ordered here</source>
        <translation>订货日 %1 · 单位：%2 · 仅供参考，不代下单</translation>
    </message>
    <message>
        <source>A suggestion, nothing is ordered here</source>
        <translation>仅供参考，不代下单</translation>
    </message>
    <message>
        <source>This shop is not supplied or does not trade at present: there is no guidance.</source>
        <translation>该客户目前暂停供货或未在经营，不作订货建议。</translation>
    </message>
    <message>
        <source>Nothing was bought in half a year and nothing was counted: there is nothing to suggest.</source>
        <translation>半年没有购进，也没有清点，暂无可建议的品规。</translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s) not counted: their stock is presumed.</source>
        <translation>
            <numerusform>%n 个品规未清点，现存按购进推定。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was counted: the stock is presumed from the last purchases.</source>
        <translation>没有清点库存，现存均按最近购进推定。</translation>
    </message>
    <message>
        <source>Count now</source>
        <translation>去清点</translation>
    </message>
    <message numerus="yes">
        <source>Stock-out risk %n</source>
        <translation>
            <numerusform>断货风险 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Slow %n</source>
        <translation>
            <numerusform>滞销 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Limited %n</source>
        <translation>
            <numerusform>受限 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Total %1</source>
        <translation>合计 %1</translation>
    </message>
    <message>
        <source>Total %1 · %2</source>
        <translation>合计 %1 · %2</translation>
    </message>
    <message>
        <source>Est. margin %1 · stock to sales %2</source>
        <translation>预计毛利 %1 · 存销比 %2</translation>
    </message>
</context>
<context>
    <name>StepArrival</name>
    <message>
        <source>Arrived at</source>
        <translation>到店时间</translation>
    </message>
    <message>
        <source>I am here now</source>
        <translation>现在到店</translation>
    </message>
    <message>
        <source>Who was met</source>
        <translation>见到谁</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note on the arrival</source>
        <translation>到店备注</translation>
    </message>
    <message>
        <source>For example: owner back at four</source>
        <translation>例如：店主四点回来</translation>
    </message>
    <message>
        <source>Cannot visit?</source>
        <translation>做不成拜访？</translation>
    </message>
    <message>
        <source>%1 still to enter</source>
        <translation>还有 %1 项未记</translation>
    </message>
</context>
<context>
    <name>StepBrief</name>
    <message>
        <source>Purchases, last 4 weeks</source>
        <translation>近四周购进</translation>
    </message>
    <message>
        <source>Value per unit</source>
        <translation>单条值</translation>
    </message>
    <message>
        <source>SKUs bought</source>
        <translation>购进品规</translation>
    </message>
    <message>
        <source>Suggested topic</source>
        <translation>建议话题</translation>
    </message>
    <message>
        <source>Why today</source>
        <translation>为什么今天来</translation>
    </message>
    <message>
        <source>Agreed and open</source>
        <translation>约定与未完事项</translation>
    </message>
    <message>
        <source>Last visits</source>
        <translation>最近拜访</translation>
    </message>
    <message>
        <source>What became of the last advice</source>
        <translation>上次建议的落实</translation>
    </message>
    <message>
        <source>What fell</source>
        <translation>下滑的品规</translation>
    </message>
    <message>
        <source>May be out of stock</source>
        <translation>可能断货</translation>
    </message>
    <message>
        <source>Slow SKUs</source>
        <translation>滞销品规</translation>
    </message>
    <message>
        <source>Purchases by month</source>
        <translation>每月购进</translation>
    </message>
    <message>
        <source>No special reason today</source>
        <translation>今天没有特别的原因</translation>
    </message>
    <message>
        <source>Nothing is open from earlier visits</source>
        <translation>上次没有留下未完事项</translation>
    </message>
    <message>
        <source>No visit so far</source>
        <translation>还没有拜访过</translation>
    </message>
    <message>
        <source>%1 on last year</source>
        <translation>同比 %1</translation>
    </message>
    <message>
        <source>last year %1</source>
        <translation>去年 %1</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未办</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>提升</translation>
    </message>
    <message>
        <source>both to %1</source>
        <translation>都到 %1</translation>
    </message>
    <message>
        <source>Purchases by month; the line is last year</source>
        <translation>每月购进，横线是去年同月</translation>
    </message>
</context>
<context>
    <name>StepDiagnosis</name>
    <message>
        <source>As last time</source>
        <translation>全部同上次</translation>
    </message>
    <message>
        <source>Judge every open item as last time, marked as not checked (Ctrl+=)</source>
        <translation>未判的各项都按上次判定，并标明“今天未核”（Ctrl+=）</translation>
    </message>
    <message>
        <source>Planned items only</source>
        <translation>只看计划项</translation>
    </message>
    <message>
        <source>The items planned for this visit, or those at B or C last time; and what the law asks for</source>
        <translation>本次计划的项目；没有计划时取上次判 B、C 的项目；法定必查项总在其中</translation>
    </message>
    <message>
        <source>%1 of %2 judged</source>
        <translation>已判 %1/%2</translation>
    </message>
    <message>
        <source>A/B/C judges, = takes over, F2 criteria, F4 note</source>
        <translation>A/B/C 判定，= 沿用，F2 标准，F4 备注</translation>
    </message>
    <message>
        <source>%1 · A/B/C judges, ↓ next</source>
        <translation>%1 · A/B/C 判定，↓ 下一项</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) not judged yet</source>
        <translation>
            <numerusform>还有 %n 项未判</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reason(s) still to give</source>
        <translation>
            <numerusform>还有 %n 处要写理由</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) stand as last time and were not checked today.</source>
        <translation>
            <numerusform>%n 项按上次判定，今天未核。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Nothing is planned for this visit, and no earlier diagnosis says which items are weak.</source>
        <translation>本次没有计划诊断项目，也没有以前的诊断可以看出哪些项目偏弱。</translation>
    </message>
    <message>
        <source>Nothing to take over: this shop was not judged at an earlier visit.</source>
        <translation>没有可沿用的：这家店以前没有诊断过。</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) left open: never judged before, or the figures have changed.</source>
        <translation>
            <numerusform>另有 %n 项没有带入：以前没判过，或数据已变。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepImprovement</name>
    <message>
        <source>Nothing to plan: judge the items first, or all of them stand at A.</source>
        <translation>没有可列的计划：请先做诊断；若各项都是 A，就不用列。</translation>
    </message>
    <message>
        <source>Plans of earlier visits: assess them first</source>
        <translation>以前的计划，先自评</translation>
    </message>
    <message>
        <source>Judged B or C today: plan only what this shop can really do</source>
        <translation>今天判为 B、C 的项：只列这家店真做得到的</translation>
    </message>
    <message>
        <source>Not judged today; states of the last diagnosis</source>
        <translation>今天没判，按上次诊断</translation>
    </message>
    <message numerus="yes">
        <source>%n plan(s) made today</source>
        <translation>
            <numerusform>今天列了 %n 项计划</numerusform>
        </translation>
    </message>
    <message>
        <source>A or B sets the target, Y or N assesses, Tab goes into the details</source>
        <translation>A/B 定目标，Y/N 自评，Tab 进入明细</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) incomplete</source>
        <translation>
            <numerusform>还有 %n 行未填完</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepShelf</name>
    <message>
        <source>must check</source>
        <translation>必查</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note on the shelf</source>
        <translation>陈列备注</translation>
    </message>
    <message>
        <source>What to remember about the shelf</source>
        <translation>陈列方面要记住的事</translation>
    </message>
    <message>
        <source>The same place last time</source>
        <translation>上次同一位置</translation>
    </message>
    <message>
        <source>Display rate %1 · price-tag rate %2</source>
        <translation>出样率 %1 · 明码标价率 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) not checked yet</source>
        <translation>
            <numerusform>还有 %n 项未查</numerusform>
        </translation>
    </message>
    <message>
        <source>last %1</source>
        <translation>上次 %1</translation>
    </message>
    <message>
        <source>No photo of this place from an earlier visit.</source>
        <translation>以前没有拍过这个位置。</translation>
    </message>
</context>
<context>
    <name>StepStock</name>
    <message>
        <source>Stock and prices</source>
        <translation>库存与价格</translation>
    </message>
    <message>
        <source>%1 / %2 entered</source>
        <translation>已记 %1 / %2</translation>
    </message>
    <message>
        <source>%1 / %2 entered · grey is last time, = takes it over · Enter goes down</source>
        <translation>已记 %1 / %2 · 灰色是上次的数，按 = 沿用 · 回车下一行</translation>
    </message>
    <message>
        <source>What is not entered stays &apos;not checked&apos;, not 0</source>
        <translation>没记的保持「未查」，不算 0</translation>
    </message>
</context>
<context>
    <name>StepTitles</name>
    <message>
        <source>Brief</source>
        <translation>访前简报</translation>
    </message>
    <message>
        <source>Arrival</source>
        <translation>到店签到</translation>
    </message>
    <message>
        <source>Stock and prices</source>
        <translation>库存与价格</translation>
    </message>
    <message>
        <source>Shelf and tags</source>
        <translation>陈列与价签</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Order guidance</source>
        <translation>订货建议</translation>
    </message>
    <message>
        <source>Improvement plan</source>
        <translation>提升计划</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>小结与签字</translation>
    </message>
</context>
<context>
    <name>StepWrapUp</name>
    <message>
        <source>The customer&apos;s sheet</source>
        <translation>客户小结</translation>
    </message>
    <message>
        <source>Finish visit</source>
        <translation>完成拜访</translation>
    </message>
    <message>
        <source>%1 still to enter</source>
        <translation>还有 %1 项未记</translation>
    </message>
    <message>
        <source>Back to the wrap-up</source>
        <translation>返回小结</translation>
    </message>
    <message>
        <source>End otherwise…</source>
        <translation>未能完成…</translation>
    </message>
    <message>
        <source>Finish all the same</source>
        <translation>仍然结束</translation>
    </message>
</context>
<context>
    <name>StockFilter</name>
    <message>
        <source>Find a SKU</source>
        <translation>找品规</translation>
    </message>
    <message>
        <source>Only what is not entered</source>
        <translation>只看没记的</translation>
    </message>
</context>
<context>
    <name>StockPanel</name>
    <message>
        <source>Purchases of the last 12 weeks</source>
        <translation>近 12 周购进</translation>
    </message>
    <message>
        <source>The estimate is for orientation only; what counts is what you count.</source>
        <translation>推算只作参考，请以清点为准。</translation>
    </message>
    <message>
        <source>Purchases by week</source>
        <translation>每周购进</translation>
    </message>
    <message>
        <source>Last count</source>
        <translation>上次清点</translation>
    </message>
    <message>
        <source>Last count %1</source>
        <translation>上次清点 %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Bought since</source>
        <translation>之后购进</translation>
    </message>
    <message>
        <source>Likely left by sales</source>
        <translation>按销速推算现存</translation>
    </message>
    <message>
        <source>Sold per week, about</source>
        <translation>每周约卖</translation>
    </message>
    <message>
        <source>Guide price</source>
        <translation>指导价</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>上周</translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) back: %1</source>
        <translation>
            <numerusform>%n 周前：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StockWords</name>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>On hand (%1)</source>
        <translation>现存（%1）</translation>
    </message>
    <message>
        <source>Retail (%1)</source>
        <translation>零售价（%1）</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指导价</translation>
    </message>
    <message>
        <source>Price tag</source>
        <translation>有价签</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>主销</translation>
    </message>
    <message>
        <source>Cultivated</source>
        <translation>重点培育</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>滞销</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>Not bought here</source>
        <translation>本店未购</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>class 1</source>
        <translation>一类</translation>
    </message>
    <message>
        <source>class 2</source>
        <translation>二类</translation>
    </message>
    <message>
        <source>class 3</source>
        <translation>三类</translation>
    </message>
    <message>
        <source>class 4</source>
        <translation>四类</translation>
    </message>
    <message>
        <source>class 5</source>
        <translation>五类</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is no whole number of zero or more.</source>
        <translation>%1：“%2”不是零或正整数。</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is no price with at most two decimals.</source>
        <translation>%1：「%2」不是价格，最多两位小数。</translation>
    </message>
    <message>
        <source>%1: more than 20 % away from the guide price. Is it right?</source>
        <translation>%1：与指导价相差 20% 以上，请核实。</translation>
    </message>
    <message>
        <source>%1: above the price limit of 1,000 yuan per 200 sticks. Is it right?</source>
        <translation>%1：超过每条（200 支）1000 元的限价，请核实。</translation>
    </message>
    <message>
        <source>%1: far more than this shop buys and sells. Is it right?</source>
        <translation>%1：远多于这家店平常的进销量，数对吗？</translation>
    </message>
    <message>
        <source>Taken over from %1, not counted today</source>
        <translation>沿用 %1 的数，今天没有清点</translation>
    </message>
    <message>
        <source>Last seen on %1; = takes it over</source>
        <translation>上次 %1 所见；按 = 沿用</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未查</translation>
    </message>
    <message>
        <source>has a price tag</source>
        <translation>有价签</translation>
    </message>
    <message>
        <source>no price tag</source>
        <translation>无价签</translation>
    </message>
</context>
<context>
    <name>StopMenu</name>
    <message>
        <source>Open the customer</source>
        <translation>查看客户档案</translation>
    </message>
    <message>
        <source>Take the visit up again</source>
        <translation>重新打开拜访</translation>
    </message>
    <message>
        <source>Enter from paper</source>
        <translation>纸质补录</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前一位</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后一位</translation>
    </message>
    <message>
        <source>Take out of the day</source>
        <translation>移出今天</translation>
    </message>
    <message>
        <source>No fixed day</source>
        <translation>日期待定</translation>
    </message>
</context>
<context>
    <name>StoreCard</name>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Check the store now</source>
        <translation>立即检查数据</translation>
    </message>
    <message>
        <source>Close the program: at the next start it offers the repair.</source>
        <translation>请退出程序；下次启动时会提供恢复办法。</translation>
    </message>
    <message>
        <source>Checked: every page of the data file can be read and is whole.</source>
        <translation>检查完毕：数据文件每一页都可读取，完整无损。</translation>
    </message>
    <message>
        <source>Territory</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>客户经理</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Orders, the last on %1</source>
        <translation>订单（最近 %1）</translation>
    </message>
    <message>
        <source>Visits and photos</source>
        <translation>拜访与照片</translation>
    </message>
    <message>
        <source>Size, and free on the disk</source>
        <translation>数据大小与硬盘剩余</translation>
    </message>
    <message>
        <source>Data on this laptop</source>
        <translation>本机数据</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>StoryCard</name>
    <message>
        <source>Kind…</source>
        <translation>分类…</translation>
    </message>
    <message>
        <source>Why it is of this kind, and to say otherwise</source>
        <translation>查看归类依据，也可另行指定</translation>
    </message>
    <message>
        <source>━ came  ┄ forecast a month ahead  ▒ four of five times  ■ your own figure</source>
        <translation>━ 实际  ┄ 当时预测  ▒ 五次有四次  ■ 本人</translation>
    </message>
    <message>
        <source>Expected %1</source>
        <translation>预计 %1</translation>
    </message>
    <message>
        <source>Expected %1, four times of five between %2 and %3</source>
        <translation>预计 %1，五次有四次在 %2 到 %3 之间</translation>
    </message>
    <message>
        <source>yours %1</source>
        <translation>您定 %1</translation>
    </message>
    <message>
        <source>Twenty-four months, the forecasts made for them, and the months to come</source>
        <translation>近 24 个月实际、当时的预测，以及未来各月</translation>
    </message>
</context>
<context>
    <name>StuckPhotoBox</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Head office has refused this photo in %1 rounds.</source>
        <translation>总部已在 %1 次同步中退回这张照片。</translation>
    </message>
    <message>
        <source>While it waits, its shop stays on this laptop and the laptop cannot be given back. Saved to a file, it is sent no more; it stays in the visit here and is missing at head office.</source>
        <translation>它在排队时，这户客户不能移出本机，本机也不能归还。另存为文件后不再发送；照片仍留在本机的拜访里，总部没有这张照片。</translation>
    </message>
    <message>
        <source>Open the visit</source>
        <translation>打开拜访</translation>
    </message>
    <message>
        <source>Save to a file and let it go…</source>
        <translation>另存为文件，不再发送…</translation>
    </message>
    <message>
        <source>Save the photo</source>
        <translation>保存照片</translation>
    </message>
    <message>
        <source>Picture (*.jpg)</source>
        <translation>图片 (*.jpg)</translation>
    </message>
</context>
<context>
    <name>SubmitCard</name>
    <message>
        <source>Submit %1</source>
        <translation>提交 %1 预测</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>The system says</source>
        <translation>系统预测</translation>
    </message>
    <message>
        <source>SKUs corrected</source>
        <translation>修正的品规</translation>
    </message>
    <message>
        <source>Shops corrected</source>
        <translation>修正的客户</translation>
    </message>
    <message>
        <source>Without a reason</source>
        <translation>未填原因</translation>
    </message>
    <message>
        <source>Submit version %1</source>
        <translation>提交第 %1 版</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>暂不提交</translation>
    </message>
    <message numerus="yes">
        <source>Say why (%n)</source>
        <translation>
            <numerusform>填写原因（%n）</numerusform>
        </translation>
    </message>
    <message>
        <source>It goes to head office with the next sync.</source>
        <translation>下次同步时上传总部。</translation>
    </message>
    <message>
        <source>It stays on this laptop until there is a head office.</source>
        <translation>连接总部之前只存在本机。</translation>
    </message>
    <message>
        <source>Every correction needs a reason before the month is submitted.</source>
        <translation>提交前，每一处修正都要填写原因。</translation>
    </message>
    <message>
        <source>Nothing changed since version %1.</source>
        <translation>第 %1 版之后没有改动。</translation>
    </message>
    <message>
        <source>These figures are frozen as they stand; what you change later makes a new version.</source>
        <translation>按现在的数字冻结；之后再改会形成新版本。</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Practice data</source>
        <translation>练习数据</translation>
    </message>
    <message>
        <source>These are practice data; they are never sent to head office. A store for real work can be enrolled here.</source>
        <translation>这是练习数据，永远不会发给总部。正式工作的数据可以在这里登记。</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Send, receive, compare</source>
        <translation>上传、接收、核对</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>Synced. Head office has confirmed everything that was sent.</source>
        <translation>已同步。发出的记录总部都已确认。</translation>
    </message>
    <message>
        <source>Head office cannot be reached now. Everything is kept here and goes up later.</source>
        <translation>现在连不上总部。所有记录都在本机，连上后再上传。</translation>
    </message>
    <message>
        <source>What answered did not prove to be head office: perhaps the login page of a network, or a proxy that reads along. Nothing was sent. Check the date of this laptop, else tell your IT.</source>
        <translation>对方不能证明自己是总部：可能是网络的登录页面，或有代理在中间读取内容。什么也没有发出。请检查本机日期，仍不行就找信息部门。</translation>
    </message>
    <message>
        <source>Head office is busy. It will be tried again by itself.</source>
        <translation>总部正忙，稍后会自动再试。</translation>
    </message>
    <message>
        <source>Stopped. The next round goes on from here.</source>
        <translation>已停止，下次从这里接着来。</translation>
    </message>
    <message>
        <source>What waited went up. Nothing came down: this disk has too little room.</source>
        <translation>待上传的都已上传；磁盘空间不足，没有接收更新。</translation>
    </message>
    <message>
        <source>Your records went up. To receive updates, this program must be updated first.</source>
        <translation>你的记录已上传。要接收更新，请先升级本程序。</translation>
    </message>
    <message>
        <source>Head office has closed this laptop&apos;s access. Please ask head office.</source>
        <translation>总部已停用这台电脑，请联系总部。</translation>
    </message>
    <message>
        <source>Head office has closed this laptop&apos;s access; its data were erased.</source>
        <translation>总部已停用这台电脑，数据已清除。</translation>
    </message>
    <message>
        <source>Head office does not know this laptop any more: enrol it again below.</source>
        <translation>总部不再认识这台电脑，请重新登记。</translation>
    </message>
    <message>
        <source>Something went wrong in the program. Nothing is lost; it will be tried again.</source>
        <translation>程序出了点问题。什么也没丢，稍后会再试。</translation>
    </message>
    <message>
        <source>This laptop is not enrolled at head office.</source>
        <translation>这台电脑还没有在总部登记。</translation>
    </message>
    <message>
        <source>The keys of this laptop are gone from the system: enrol it again below.</source>
        <translation>系统里没有这台电脑的密钥了，请重新登记。</translation>
    </message>
    <message>
        <source>Another sync of these data is under way.</source>
        <translation>这份数据正在另一处同步。</translation>
    </message>
    <message>
        <source>Everything is at head office; this laptop was erased.</source>
        <translation>全部内容已送达总部，本机数据已清除。</translation>
    </message>
    <message>
        <source>These are practice data; they are never sent to head office.</source>
        <translation>这是练习数据，永远不会发给总部。</translation>
    </message>
    <message>
        <source>This code belongs to another manager than the one whose work is on this laptop. Nothing was changed.</source>
        <translation>这个登记码是另一位客户经理的，本机存有别人的工作。什么也没有改动。</translation>
    </message>
    <message>
        <source>Head office cannot be reached. Check the network and the address.</source>
        <translation>连不上总部。请检查网络和地址。</translation>
    </message>
    <message>
        <source>What answered did not prove to be head office. Nothing was sent. Check the address and the certificate file.</source>
        <translation>对方不能证明自己是总部，什么也没有发出。请检查地址和证书文件。</translation>
    </message>
    <message>
        <source>Head office does not take this code. Ask for a new one: each works only once.</source>
        <translation>总部不认这个登记码。每个码只能用一次，请要一个新的。</translation>
    </message>
    <message>
        <source>The certificate file cannot be read.</source>
        <translation>证书文件读不出来。</translation>
    </message>
    <message>
        <source>Customer archive</source>
        <translation>客户档案</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>Stock and prices</source>
        <translation>库存与价格</translation>
    </message>
    <message>
        <source>Shelf check</source>
        <translation>陈列检查</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Order guidance</source>
        <translation>订货建议</translation>
    </message>
    <message>
        <source>Improvement plan</source>
        <translation>改善计划</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Order limits</source>
        <translation>可订量</translation>
    </message>
    <message>
        <source>Change proposal</source>
        <translation>变更申请</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>裁定</translation>
    </message>
    <message>
        <source>Forecast correction</source>
        <translation>预测修正</translation>
    </message>
    <message>
        <source>Submitted forecast</source>
        <translation>上报的预测</translation>
    </message>
    <message>
        <source>Figure of a submitted forecast</source>
        <translation>上报明细</translation>
    </message>
    <message>
        <source>Cause of a forecast difference</source>
        <translation>预测差异原因</translation>
    </message>
    <message>
        <source>Kind of brand or shop</source>
        <translation>品牌与客户类别</translation>
    </message>
    <message>
        <source>Own target</source>
        <translation>自定目标</translation>
    </message>
    <message>
        <source>Target of head office</source>
        <translation>总部目标</translation>
    </message>
    <message>
        <source>Visit frequency chosen</source>
        <translation>拜访频次调整</translation>
    </message>
    <message>
        <source>Day off</source>
        <translation>休息与调班</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>TaskEvidence</name>
    <message>
        <source>Drop, paste or choose pictures</source>
        <translation>拖入、粘贴或选择照片</translation>
    </message>
    <message>
        <source>Photo of %1</source>
        <translation>%1 的照片</translation>
    </message>
    <message numerus="yes">
        <source>Evidence: %n photo(s) chosen; press a photo to choose it</source>
        <translation>
            <numerusform>佐证照片：已选 %n 张，点照片即可选用</numerusform>
        </translation>
    </message>
    <message>
        <source>Evidence: this visit has no photo yet</source>
        <translation>佐证照片：本次拜访还没有照片</translation>
    </message>
</context>
<context>
    <name>TaskNoticeBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Tasks from head office</source>
        <translation>总部任务</translation>
    </message>
    <message>
        <source>Back to the day (Esc)</source>
        <translation>返回今日（Esc）</translation>
    </message>
    <message>
        <source>Not tied to a shop</source>
        <translation>不限门店</translation>
    </message>
    <message>
        <source>At shops</source>
        <translation>到店办理</translation>
    </message>
    <message>
        <source>Reported in the last days</source>
        <translation>近几日已上报</translation>
    </message>
    <message>
        <source>Nothing is open.</source>
        <translation>没有待办任务。</translation>
    </message>
    <message>
        <source>Reading the tasks…</source>
        <translation>正在读取任务…</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>Accept</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Done…</source>
        <translation>办结…</translation>
    </message>
    <message>
        <source>Cannot be done…</source>
        <translation>办不了…</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Look at the shop</source>
        <translation>看这户</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Why it cannot be done</source>
        <translation>办不了的原因</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>办理情况</translation>
    </message>
    <message>
        <source>Head office needs a reason</source>
        <translation>请给总部一个原因</translation>
    </message>
    <message>
        <source>A sentence is enough; it may be empty</source>
        <translation>一句话即可，也可不填</translation>
    </message>
    <message>
        <source>Report: cannot be done</source>
        <translation>上报：办不了</translation>
    </message>
    <message>
        <source>Report: done</source>
        <translation>上报：已办结</translation>
    </message>
    <message>
        <source>Owner not there</source>
        <translation>店主不在</translation>
    </message>
    <message>
        <source>Shop does not agree</source>
        <translation>客户不同意</translation>
    </message>
    <message>
        <source>Shop closed for good</source>
        <translation>店已停业</translation>
    </message>
    <message>
        <source>Materials missing</source>
        <translation>缺少物料</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Please give a reason.</source>
        <translation>请填写原因。</translation>
    </message>
</context>
<context>
    <name>TaskSection</name>
    <message>
        <source>Tasks from head office</source>
        <translation>总部任务</translation>
    </message>
</context>
<context>
    <name>TaskWords</name>
    <message>
        <source>done</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>cannot be done</source>
        <translation>办不了</translation>
    </message>
    <message>
        <source>called off</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>overdue since %1</source>
        <translation>逾期 · 截止 %1</translation>
    </message>
    <message>
        <source>due today</source>
        <translation>今天截止</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>%1 截止</translation>
    </message>
    <message>
        <source>no due day</source>
        <translation>无期限</translation>
    </message>
    <message>
        <source>from %1, %2</source>
        <translation>%1 %2 派发</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>not accepted yet</source>
        <translation>待接收</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>已上报</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) as evidence</source>
        <translation>
            <numerusform>%n 张佐证照片</numerusform>
        </translation>
    </message>
    <message>
        <source>reported %1</source>
        <translation>%1 上报</translation>
    </message>
    <message>
        <source>Accepted: %1</source>
        <translation>已接收：%1</translation>
    </message>
    <message>
        <source>Reported done: %1</source>
        <translation>已上报办结：%1</translation>
    </message>
    <message>
        <source>Reported that it cannot be done: %1</source>
        <translation>已上报办不了：%1</translation>
    </message>
    <message>
        <source>Head office has it already, or the task was changed meanwhile; this is how it stands now.</source>
        <translation>总部已经收到，或任务已有变动；下面是现在的情况。</translation>
    </message>
</context>
<context>
    <name>TerritoryMap</name>
    <message numerus="yes">
        <source>%n shop(s) close together. A double click looks closer.</source>
        <translation>
            <numerusform>%n 户离得很近，双击放大查看。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TerritoryView</name>
    <message>
        <source>Territory</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Map of the territory, without streets</source>
        <translation>片区示意图（无街道）</translation>
    </message>
    <message>
        <source>What the colours tell</source>
        <translation>着色方式</translation>
    </message>
    <message>
        <source>Lasso: draw a line around shops (L)</source>
        <translation>套索：圈选客户（L）</translation>
    </message>
    <message>
        <source>Closer (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Farther (−)</source>
        <translation>缩小（−）</translation>
    </message>
    <message>
        <source>The whole territory (0)</source>
        <translation>显示整个片区（0）</translation>
    </message>
    <message>
        <source>Outlines of villages, streets or counties (G), drawn around their shops</source>
        <translation>村、街道或区县的轮廓（G），按户的位置勾画</translation>
    </message>
    <message>
        <source>No shop has a place yet. Places come with the customer file, or with a first visit.</source>
        <translation>还没有客户的位置。位置来自客户文件，或首次拜访时记录。</translation>
    </message>
    <message>
        <source>Import customers…</source>
        <translation>导入客户…</translation>
    </message>
    <message>
        <source>Hollow marks: the place is presumed from the surroundings</source>
        <translation>空心标记：位置按周边推定</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>TerritoryWords</name>
    <message>
        <source>Due</source>
        <translation>应访</translation>
    </message>
    <message>
        <source>Visit class</source>
        <translation>拜访类别</translation>
    </message>
    <message>
        <source>Order day</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>No order day</source>
        <translation>无订货日</translation>
    </message>
    <message>
        <source>Orders on %1</source>
        <translation>%1订货</translation>
    </message>
    <message>
        <source>Not visited yet</source>
        <translation>尚未拜访</translation>
    </message>
    <message>
        <source>Last visit %1</source>
        <translation>上次拜访 %1</translation>
    </message>
    <message>
        <source>Place presumed from its surroundings</source>
        <translation>位置按周边推定</translation>
    </message>
    <message>
        <source>Red: due within a week</source>
        <translation>红：一周内应访</translation>
    </message>
    <message>
        <source>Orange: due within two weeks</source>
        <translation>橙：两周内应访</translation>
    </message>
    <message>
        <source>Yellow: due within a month</source>
        <translation>黄：一月内应访</translation>
    </message>
    <message>
        <source>Blue: visited this cycle</source>
        <translation>蓝：本周期已访</translation>
    </message>
    <message>
        <source>May run out before delivery</source>
        <translation>到货前可能断货</translation>
    </message>
    <message>
        <source>Lasts until delivery</source>
        <translation>够卖到到货</translation>
    </message>
    <message>
        <source>Stock not computed</source>
        <translation>未测算库存</translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>&apos;%1&apos; is no time of day: write it as 10:21 or 1021. The time of before stays.</source>
        <translation>“%1”不是有效时间，请写成 10:21 或 1021；原来的时间保留。</translation>
    </message>
</context>
<context>
    <name>TimelineCard</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Nothing has happened yet: no visit, no order.</source>
        <translation>还没有记录：没有拜访，也没有订单。</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Reading the day…</source>
        <translation>正在读取今天的安排…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>The day could not be read.</source>
        <translation>今天的安排没能读出来。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>There are no customers yet. They come from head office by sync, or from files you import.</source>
        <translation>还没有客户。可从总部同步下来，或导入文件。</translation>
    </message>
    <message>
        <source>Enrol with head office, or sync</source>
        <translation>在总部登记或同步</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
</context>
<context>
    <name>TodayWords</name>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1至 %2</translation>
    </message>
    <message>
        <source>Orders today</source>
        <translation>订货日</translation>
    </message>
    <message>
        <source>No visit yet</source>
        <translation>未访过</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) unvisited</source>
        <translation>
            <numerusform>%n 天未访</numerusform>
        </translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) due</source>
        <translation>
            <numerusform>约定到期 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Plan due</source>
        <translation>提升到期</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) missed</source>
        <translation>
            <numerusform>漏订 %n 期</numerusform>
        </translation>
    </message>
    <message>
        <source>Purchases %1</source>
        <translation>购进 %1</translation>
    </message>
    <message numerus="yes">
        <source>Licence: %n day(s)</source>
        <translation>
            <numerusform>证剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Licence expired</source>
        <translation>证已过期</translation>
    </message>
    <message>
        <source>%1 shops · %2 visited</source>
        <translation>今日 %1 户 · 已访 %2</translation>
    </message>
    <message>
        <source>≈ %1 km</source>
        <translation>约 %1 km</translation>
    </message>
    <message>
        <source>%1 km · ≈ %2</source>
        <translation>%1 km · 约 %2</translation>
    </message>
    <message>
        <source>%1 maybe out</source>
        <translation>或断货 %1 规</translation>
    </message>
    <message>
        <source>%1 no longer yours</source>
        <translation>%1 户已转出</translation>
    </message>
    <message>
        <source>No shop has an order day yet, so nothing can be proposed. Add the shops you want to visit.</source>
        <translation>客户还没有订货日，排不出今天的拜访。可以自己添加要去的客户。</translation>
    </message>
    <message>
        <source>No shop orders today or by %1. Add the shops you want to visit.</source>
        <translation>今天到 %1 没有客户订货。可以自己添加要去的客户。</translation>
    </message>
    <message>
        <source>Every shop that orders today or by %1 was visited in the last six days, or taken out.</source>
        <translation>今天到 %1 订货的客户，六天内都已拜访过，或已从今天移出。</translation>
    </message>
    <message>
        <source>The way left is %1 km shorter.</source>
        <translation>剩余路程缩短了 %1 km。</translation>
    </message>
    <message>
        <source>%1 has another place now.</source>
        <translation>已调整“%1”的顺序。</translation>
    </message>
    <message>
        <source>%1 was taken out of the day.</source>
        <translation>已把“%1”移出今天。</translation>
    </message>
    <message>
        <source>%1 was added to the day.</source>
        <translation>已把“%1”加入今天。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 is open again.</source>
        <translation>“%1”已重新打开。</translation>
    </message>
    <message>
        <source>Orders tomorrow</source>
        <translation>订货前日</translation>
    </message>
    <message>
        <source>Orders %1</source>
        <translation>%1订货</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>临时加访</translation>
    </message>
    <message>
        <source>Moved from %1</source>
        <translation>%1 改来</translation>
    </message>
</context>
<context>
    <name>TrackPanel</name>
    <message>
        <source>SKUs</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Shops</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Whose forecasts</source>
        <translation>按谁查看</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Find a name or code</source>
        <translation>查找名称或编码</translation>
    </message>
    <message>
        <source>Missed by much</source>
        <translation>偏差大</translation>
    </message>
    <message>
        <source>All SKUs</source>
        <translation>全部品规</translation>
    </message>
    <message>
        <source>Back to the SKUs (Esc)</source>
        <translation>返回品规（Esc）</translation>
    </message>
    <message>
        <source>Forecast against what came</source>
        <translation>预测与实际对比</translation>
    </message>
    <message>
        <source>as submitted %1</source>
        <translation>以 %1 提交的版本为准</translation>
    </message>
    <message>
        <source>as the system told it %1; nothing was submitted</source>
        <translation>以系统 %1 的预测为准；当时没有提交</translation>
    </message>
    <message>
        <source>replayed from the orders before it; nobody saw it then</source>
        <translation>按该月之前的订单现在补算，当时无人看到</translation>
    </message>
</context>
<context>
    <name>TrackTableModel</name>
    <message>
        <source>Why?</source>
        <translation>原因？</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>价类</translation>
    </message>
    <message>
        <source>Forecast F</source>
        <translation>预测 F</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Came D</source>
        <translation>实际 D</translation>
    </message>
    <message>
        <source>F − D</source>
        <translation>F − D</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>差异原因</translation>
    </message>
</context>
<context>
    <name>TroubleForm</name>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>UnitWords</name>
    <message>
        <source>btl</source>
        <translation>瓶</translation>
    </message>
    <message>
        <source>ctn</source>
        <translation>条</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1/bottle</source>
        <translation>%1/瓶</translation>
    </message>
    <message>
        <source>¥/pack</source>
        <translation>元/包</translation>
    </message>
</context>
<context>
    <name>UnlockForm</name>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Wait %1 s</source>
        <translation>请等 %1 秒</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>This password is tried by itself in %1 s. Your data are safe.</source>
        <translation>%1 秒后会自动用这个密码再试一次。数据是安全的。</translation>
    </message>
    <message>
        <source>The next try is possible in %1 s. Your data are safe.</source>
        <translation>%1 秒后可以再试。数据是安全的。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>UnplacedLine</name>
    <message>
        <source>Drag it to a day of the calendar</source>
        <translation>可以拖到日历中的某一天</translation>
    </message>
    <message>
        <source>%1 · by %2</source>
        <translation>%1 · %2 前</translation>
    </message>
    <message>
        <source>%1, comes on %2</source>
        <translation>%1，排在 %2</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Put on %1</source>
        <translation>排到 %1</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>No visit is open. Choose a shop on Today to begin.</source>
        <translation>现在没有进行中的拜访。请到「今日」选一户开始。</translation>
    </message>
    <message>
        <source>Go to Today</source>
        <translation>去“今日”</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>This visit was made by %1. Read it here; begin your own from Today or the shop&apos;s page.</source>
        <translation>这次拜访由%1进行，可在此查看；要拜访请从“今日”或客户页另行开始。</translation>
    </message>
    <message>
        <source>This visit has ended.</source>
        <translation>这次拜访已经结束。</translation>
    </message>
    <message>
        <source>Take it up again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>This visit was taken out of the day. What was recorded in it is kept.</source>
        <translation>这次拜访已从当日安排中移出，记下的内容都保留着。</translation>
    </message>
    <message>
        <source>%1 is with another manager now, or was closed by head office.</source>
        <translation>“%1”已移交其他客户经理，或已被总部关闭。</translation>
    </message>
    <message>
        <source>The visit and everything you recorded in it is at head office.</source>
        <translation>这次拜访和您记下的全部内容都已在总部。</translation>
    </message>
    <message>
        <source>Head office has handed %1 to another manager.</source>
        <translation>总部已把“%1”移交其他客户经理。</translation>
    </message>
    <message>
        <source>Head office has closed %1.</source>
        <translation>总部已关闭“%1”的档案。</translation>
    </message>
    <message>
        <source>Finish the visit as usual: all of it goes to head office. Then the shop leaves this laptop.</source>
        <translation>请照常完成这次拜访，内容都会上传总部，之后该客户才从本机移出。</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>%1 · step %2 of %3</source>
        <translation>%1 · 第 %2 步 / %3</translation>
    </message>
    <message>
        <source>%1 · from paper</source>
        <translation>%1 · 纸质补录</translation>
    </message>
    <message>
        <source>Saved %1 · %2</source>
        <translation>已保存 %1 · %2</translation>
    </message>
</context>
<context>
    <name>VisitRail</name>
    <message>
        <source>complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1 still to enter</source>
        <translation>还有 %1 项未记</translation>
    </message>
    <message>
        <source>Arrived %1</source>
        <translation>到店 %1</translation>
    </message>
    <message>
        <source>%1 · for %2</source>
        <translation>%1 · 已用 %2</translation>
    </message>
    <message>
        <source>From paper, entered %1 %2</source>
        <translation>纸质补录，录入于 %1 %2</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已自动保存 %1</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>查看客户档案</translation>
    </message>
    <message>
        <source>From paper</source>
        <translation>纸质补录</translation>
    </message>
</context>
<context>
    <name>WaitingPanel</name>
    <message>
        <source>The forecast is computed from the orders of every shop.</source>
        <translation>正在根据每户订单计算预测。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不计算</translation>
    </message>
    <message>
        <source>The forecast is not shown yet.</source>
        <translation>预测还没有显示。</translation>
    </message>
    <message>
        <source>Compute it</source>
        <translation>开始计算</translation>
    </message>
    <message>
        <source>There are no orders yet. A forecast is made from the orders that head office brings.</source>
        <translation>还没有订单。预测需要总部下发的订单历史。</translation>
    </message>
    <message>
        <source>There are fewer than three whole months of orders: too few to forecast from.</source>
        <translation>完整的订单月份不足三个，还不能预测。</translation>
    </message>
    <message>
        <source>Import orders…</source>
        <translation>导入订单…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) so far; you can work on other pages.</source>
        <translation>
            <numerusform>已用 %n 秒；可先去其他页面工作。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitingWords</name>
    <message>
        <source>1 record</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 条记录</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 张照片</translation>
    </message>
    <message>
        <source>%1 photos</source>
        <translation>%1 张照片</translation>
    </message>
</context>
<context>
    <name>WayBar</name>
    <message>
        <source>Draw the way of a day</source>
        <translation>画出某天的路线</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>后一天</translation>
    </message>
    <message numerus="yes">
        <source>%n shop(s)</source>
        <translation>
            <numerusform>%n 户</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Keep the draft or throw it away: then every visit tells why it is on its day.</source>
        <translation>先保存或放弃草案，再看每次拜访为什么排在那天。</translation>
    </message>
    <message>
        <source>Choose a visit by mouse or arrow keys.</source>
        <translation>用鼠标或方向键选一次拜访。</translation>
    </message>
    <message>
        <source>That could not be read. Choose the visit again.</source>
        <translation>没有读出来，请再选一次。</translation>
    </message>
    <message>
        <source>Looking why…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>Back to the plan health (Esc)</source>
        <translation>回到计划健康度（Esc）</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
</context>
<context>
    <name>WhyWords</name>
    <message>
        <source>How often</source>
        <translation>拜访频次</translation>
    </message>
    <message>
        <source>Due by %1</source>
        <translation>最迟 %1</translation>
    </message>
    <message>
        <source>Why it has no day</source>
        <translation>为什么没排上</translation>
    </message>
    <message>
        <source>What asks for it</source>
        <translation>为什么要去</translation>
    </message>
    <message>
        <source>Why on %1</source>
        <translation>为什么在 %1</translation>
    </message>
    <message>
        <source>Other visits of the month</source>
        <translation>本月其他拜访</translation>
    </message>
    <message>
        <source>Days it could go to</source>
        <translation>可以放到</translation>
    </message>
    <message>
        <source>Where else it could be</source>
        <translation>还可以放到</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 of %2 shops</source>
        <translation>%1 / %2 户</translation>
    </message>
    <message>
        <source>order day</source>
        <translation>对上订货日</translation>
    </message>
    <message>
        <source>The shop has left the network.</source>
        <translation>该客户已退网。</translation>
    </message>
    <message>
        <source>%1: every %2 days</source>
        <translation>%1 · 每 %2 天一次</translation>
    </message>
    <message>
        <source>No visit yet</source>
        <translation>还没有拜访过</translation>
    </message>
    <message>
        <source>Last visit %1</source>
        <translation>上次拜访 %1</translation>
    </message>
    <message>
        <source>You chose that on %1: %2</source>
        <translation>%1 由您自定：%2</translation>
    </message>
    <message>
        <source>You chose that</source>
        <translation>由您自定</translation>
    </message>
    <message>
        <source>Set by the visit cycle in the archive</source>
        <translation>按档案中的拜访周期</translation>
    </message>
    <message>
        <source>By its tier: %1</source>
        <translation>按档位：%1 档</translation>
    </message>
    <message>
        <source>By its terminal level</source>
        <translation>按终端类别</translation>
    </message>
    <message>
        <source>An improvement plan that begins at C is open</source>
        <translation>有从 C 开始的提升计划</translation>
    </message>
    <message>
        <source>A SKU to be cultivated is in its launch month here</source>
        <translation>有培育品规正在上市期</translation>
    </message>
    <message>
        <source>It is a sample shop</source>
        <translation>样本户</translation>
    </message>
    <message>
        <source>It is a new customer</source>
        <translation>新入网客户</translation>
    </message>
    <message>
        <source>As all shops that no other rule names</source>
        <translation>一般客户规则</translation>
    </message>
    <message>
        <source>Due on %1</source>
        <translation>应在 %1 拜访</translation>
    </message>
    <message>
        <source>Due from %1 to %2, as its turn comes</source>
        <translation>轮到拜访：%1 至 %2</translation>
    </message>
    <message>
        <source>Has to be on %1</source>
        <translation>必须在 %1 拜访</translation>
    </message>
    <message>
        <source>Has to be from %1 to %2</source>
        <translation>必须在 %1 至 %2 之间拜访</translation>
    </message>
    <message>
        <source>What asked for it is over, or it is no longer due</source>
        <translation>原来的事由已过，或不再应访</translation>
    </message>
    <message>
        <source>You put it in by hand</source>
        <translation>由您手工加入</translation>
    </message>
    <message>
        <source>On its order day (%1) or the working day before</source>
        <translation>在订货日（%1）或前一工作日</translation>
    </message>
    <message>
        <source>Away from its order day (%1)</source>
        <translation>没有对上订货日（%1）</translation>
    </message>
    <message>
        <source>Adds %1 km to the way of the day</source>
        <translation>当天多走 %1 km</translation>
    </message>
    <message>
        <source>its place is presumed from its neighbours</source>
        <translation>位置按邻近客户推定</translation>
    </message>
    <message>
        <source>Fixed on this day</source>
        <translation>已固定在这一天</translation>
    </message>
    <message>
        <source>Was planned on %1 first</source>
        <translation>最初排在 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1，最多 %2</translation>
    </message>
    <message>
        <source>The day has %1</source>
        <translation>当天 %1</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>未开门</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒访</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Zoufang</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>营销成效</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>品规</translation>
    </message>
</context>
<context>
    <name>WrapUpForm</name>
    <message>
        <source>What was found</source>
        <translation>看到了什么</translation>
    </message>
    <message>
        <source>What was agreed</source>
        <translation>商定了什么</translation>
    </message>
    <message>
        <source>Steps to do</source>
        <translation>约定事项</translation>
    </message>
    <message>
        <source>Read back to the shopkeeper, who agrees</source>
        <translation>已向店主复述并得到确认</translation>
    </message>
    <message>
        <source>Complaint or need</source>
        <translation>意见与需求</translation>
    </message>
    <message>
        <source>In the shopkeeper&apos;s own words</source>
        <translation>记下店主的原话</translation>
    </message>
    <message>
        <source>In one sentence</source>
        <translation>一句话小结</translation>
    </message>
    <message>
        <source>What the next visit should know</source>
        <translation>下次来要知道的事</translation>
    </message>
    <message>
        <source>Next visit</source>
        <translation>下次拜访</translation>
    </message>
    <message>
        <source>Nothing was recorded in the steps before.</source>
        <translation>前面几步还没有记录。</translation>
    </message>
    <message>
        <source>No order suggestion taken up, no improvement plan.</source>
        <translation>还没有采用订货建议，也没有提升计划。</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>采用 %1</translation>
    </message>
</context>
<context>
    <name>WrapUpWords</name>
    <message numerus="yes">
        <source>%n SKU(s) counted</source>
        <translation>
            <numerusform>已清点 %n 个品规</numerusform>
        </translation>
    </message>
    <message>
        <source>out of stock</source>
        <translation>断货</translation>
    </message>
    <message>
        <source>no price tag</source>
        <translation>无价签</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺</translation>
    </message>
    <message>
        <source>%1 SKUs shown, %2 with a price tag</source>
        <translation>出样 %1 个品规，有价签 %2 个</translation>
    </message>
    <message>
        <source>order</source>
        <translation>订货</translation>
    </message>
    <message>
        <source>Suggested: visited every %1 days</source>
        <translation>建议依据：每 %1 天一访</translation>
    </message>
    <message>
        <source>Suggested: visited every %1 days, orders on %2</source>
        <translation>建议依据：每 %1 天一访，订货日 %2</translation>
    </message>
    <message>
        <source>%1: %2 open</source>
        <translation>%1：还有 %2 项</translation>
    </message>
    <message>
        <source>Nothing was recorded at this visit. Finish it all the same?</source>
        <translation>这次拜访什么都没有记录。仍然结束吗？</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Not checked yet, though it must be at every visit: %1. Finish all the same?</source>
        <translation>每次必查的还没查：%1。仍然结束吗？</translation>
    </message>
    <message>
        <source>The visit is done, everything is saved on this computer.</source>
        <translation>拜访完成，所有记录都已保存在本机。</translation>
    </message>
    <message>
        <source>The visit ended: %1. Everything is saved on this computer.</source>
        <translation>拜访已结束：%1。所有记录都已保存在本机。</translation>
    </message>
    <message>
        <source>Nothing waits to be sent.</source>
        <translation>没有待上传的内容。</translation>
    </message>
    <message>
        <source>Waiting: %1. Nothing counts as delivered until head office confirms it.</source>
        <translation>待上传：%1。总部确认之前都不算送达。</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) of the diagnosis judged</source>
        <translation>
            <numerusform>诊断已判 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>better</source>
        <translation>提升</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>%1 %2→%3</source>
        <translation>%1 %2→%3</translation>
    </message>
    <message>
        <source>%1 SKUs, %2 suggested for the next order</source>
        <translation>%1 个品规，下次建议订 %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n changed together</source>
        <translation>
            <numerusform>其中商量后改动 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, due %2</source>
        <translation>%1，%2 到期</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>_AllBar</name>
    <message>
        <source>All %1 records:</source>
        <translation>全部 %1 条记录：</translation>
    </message>
    <message>
        <source>All: mine</source>
        <translation>全部用我的</translation>
    </message>
    <message>
        <source>All: head office&apos;s</source>
        <translation>全部用总部的</translation>
    </message>
    <message>
        <source>Use what I chose in all</source>
        <translation>全部就用我选的</translation>
    </message>
</context>
<context>
    <name>_ChoiceLine</name>
    <message>
        <source>Put here</source>
        <translation>放到这天</translation>
    </message>
    <message>
        <source>Move here</source>
        <translation>移到这天</translation>
    </message>
</context>
<context>
    <name>_MoneyField</name>
    <message>
        <source>&apos;%1&apos; is no amount of zero or more.</source>
        <translation>“%1”不是零或正的金额。</translation>
    </message>
</context>
<context>
    <name>_OpeningForm</name>
    <message>
        <source>Opening your data…</source>
        <translation>正在打开数据…</translation>
    </message>
</context>
<context>
    <name>_PlansModel</name>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Self</source>
        <translation>自评</translation>
    </message>
    <message>
        <source>Y reached</source>
        <translation>Y 达成</translation>
    </message>
    <message>
        <source>N not yet</source>
        <translation>N 未达</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>项目与措施</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>not known</source>
        <translation>不详</translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <source>%1 on last year</source>
        <translation>同比 %1</translation>
    </message>
    <message>
        <source>Year so far %1</source>
        <translation>本年累计 %1</translation>
    </message>
    <message>
        <source>%1 of the target</source>
        <translation>达成目标 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>达成 %1，目标 %2</translation>
    </message>
    <message>
        <source>%1 due now</source>
        <translation>应达 %1</translation>
    </message>
</context>
<context>
    <name>_TimelineModel</name>
    <message>
        <source>from paper</source>
        <translation>纸质补录</translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation>订货 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s)</source>
        <translation>
            <numerusform>%n 个品规</numerusform>
        </translation>
    </message>
    <message>
        <source>Visit under way</source>
        <translation>拜访进行中</translation>
    </message>
    <message>
        <source>Visit moved</source>
        <translation>拜访改期</translation>
    </message>
    <message>
        <source>Shop was closed</source>
        <translation>店铺未营业</translation>
    </message>
    <message>
        <source>Visit refused</source>
        <translation>客户拒访</translation>
    </message>
    <message>
        <source>Visit cancelled</source>
        <translation>拜访取消</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) judged</source>
        <translation>
            <numerusform>诊断 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n plan(s)</source>
        <translation>
            <numerusform>%n 项提升</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>no notes</source>
        <translation>无备注</translation>
    </message>
    <message>
        <source>New customer: %1</source>
        <translation>新户辅导：%1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>_WholeField</name>
    <message>
        <source>&apos;%1&apos; is no whole number of zero or more.</source>
        <translation>“%1”不是零或正整数。</translation>
    </message>
</context>
</TS>
