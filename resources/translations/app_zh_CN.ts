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
        <source>Apache License 2.0. Built on Qt for Python (LGPL 3), SQLCipher (BSD), SQLAlchemy (MIT), reportlab (BSD) and others: see the file THIRD_PARTY_NOTICES. Font: Noto Sans SC (SIL Open Font License 1.1).</source>
        <translation>Apache License 2.0。使用 Qt for Python（LGPL 3）、SQLCipher（BSD）、SQLAlchemy（MIT）、reportlab（BSD）等，见 THIRD_PARTY_NOTICES 文件。字体：Noto Sans SC（SIL Open Font License 1.1）。</translation>
    </message>
    <message>
        <source>Demo territory (resources/sample_data/README.md):</source>
        <translation>演示片区（resources/sample_data/README.md）：</translation>
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
    <name>BriefWords</name>
    <message>
        <source>Orders today</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Orders in %n day(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Never visited so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Not visited for %n day(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n complaint(s) open</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agreed step(s) due</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Improvement of “%1” due %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n order cycle(s) missed in a row</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n main SKU(s) may be out of stock</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Purchases %1 against last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Licence ends in %n day(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Licence expired %n day(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Put on the day by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The licence has expired: ask for the new one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer the open complaint first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We promised “%1” and are late: settle it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Ask why %n order cycle(s) were left out.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Check whether %1 can still be bought here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The licence ends in %n day(s): help with the renewal.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Look together at what became of the plan for “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was worse than before: find the cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the SKUs lie still (%2): talk about how to move them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sells less than before: ask what customers take instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing presses: ask what sells better than last month, and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchases are %1 against last year: ask for the cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchases are %1 against last year, most of all %2: ask for the cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the shop's</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head office's</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, due %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2→%3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Too few weeks for a trend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rising: %1 in 8 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steady: %1 in 8 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling: %1 in 8 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8 weeks before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same weeks last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 (%3: %4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: usually every %2 weeks, now %3 weeks ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no purchase for %2 weeks</source>
        <translation type="unfinished"></translation>
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
        <source>The last entry could not be saved</source>
        <translation>最后录入的内容没能保存</translation>
    </message>
    <message>
        <source>Everything before it is safe. Go back, free some space on the disk, and quit again.</source>
        <translation>之前的内容都是安全的。请回去腾出一些硬盘空间，再退出。</translation>
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
        <source>Saving…</source>
        <translation>正在保存…</translation>
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
    <name>CustomersTableModel</name>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <source>Four weeks, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Four weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
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
    <name>EndingPanel</name>
    <message>
        <source>If the visit cannot be made, say how it ends:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation type="unfinished"></translation>
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
        <source>Each of the three can be done later too, on the page Import data.</source>
        <translation>以后也可以在“导入数据”页面再做。</translation>
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
        <source>Real shops and orders of a territory in Iowa, USA, to try everything out. Works offline.</source>
        <translation>美国艾奥瓦州一个片区的真实门店和订单，用来试用全部功能，无需联网。</translation>
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
    <name>HeaderBar</name>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Offline · nothing waits</source>
        <translation>离线 · 无待上传</translation>
    </message>
    <message>
        <source>Offline · %1 waiting</source>
        <translation>离线 · 待上传 %1 条</translation>
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
        <source>Search everything</source>
        <translation>搜索全部</translation>
    </message>
    <message>
        <source>First page of the rail, Ctrl+2 the second, and so on</source>
        <translation>左栏第一页；Ctrl+2 为第二页，依此类推</translation>
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
        <source>Diagnosis: state A, also 1; B or 2; C or 3</source>
        <translation>诊断：A 态（或按 1）；B 或 2；C 或 3</translation>
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
    <name>PdfView</name>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing entered yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored the visit at %1: step %2 “%3”, %4; last saved %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n SKU(s) counted</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>the shelf check</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n diagnosis item(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order guidance</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n improvement plan(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agreed step(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
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
        <source>Open without the password on this computer (system keyring)</source>
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
        <translation>没有等待上传的内容。这台电脑可以离线工作，这是正常的。</translation>
    </message>
    <message>
        <source>%1 changes wait for head office, the oldest since %2. They are safe on this laptop and go up when head office can be reached. Working without a network is normal.</source>
        <translation>有 %1 条更改等待上传总部，最早的一条是 %2。它们安全地存在这台电脑上，能连上总部时自动上传。离线工作是正常的。</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
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
        <translation>等待上传总部</translation>
    </message>
    <message>
        <source>all safely on disk</source>
        <translation>全部已安全落盘</translation>
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
        <translation>等待上传的内容与备份情况</translation>
    </message>
</context>
<context>
    <name>StepArrival</name>
    <message>
        <source>Arrived at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I am here now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who was met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note on the arrival</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: owner back at four</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot visit?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) open</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepBrief</name>
    <message>
        <source>Purchases, last 4 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value per unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKUs bought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agreed and open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May be out of stock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lying still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchases by month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No special reason today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open from earlier visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No visit so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 on last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last year %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchases by month; the line is last year</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepStock</name>
    <message>
        <source>Stock and prices</source>
        <translation>库存与价格</translation>
    </message>
    <message>
        <source>%1 / %2 entered · grey is last time, = takes it over · Enter goes down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is not entered stays “not checked”, not 0</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepTitles</name>
    <message>
        <source>Brief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrival</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stock and prices</source>
        <translation>库存与价格</translation>
    </message>
    <message>
        <source>Shelf and tags</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StockFilter</name>
    <message>
        <source>Find a SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what is not entered</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StockPanel</name>
    <message>
        <source>Purchases of the last 12 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The estimate is for orientation only; what counts is what you count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchases by week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last count %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bought since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likely left by sales</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sold per week, about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 week(s) back: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StockWords</name>
    <message>
        <source>SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On hand (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retail (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Main</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cultivated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not bought here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: “%2” is no whole number of zero or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: “%2” is no price with at most two decimals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: more than 20 % away from the guide price. Is it right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: above the price limit of 1,000 yuan per 200 sticks. Is it right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken over from %1, not counted today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last seen on %1; = takes it over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has a price tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no price tag</source>
        <translation type="unfinished"></translation>
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
    <name>TimeField</name>
    <message>
        <source>Write a time such as 10:21</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ctn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/bottle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>¥/pack</source>
        <translation type="unfinished"></translation>
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
        <source>The next try is possible in %1 s. Your data are safe.</source>
        <translation>%1 秒后可以再试。数据是安全的。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>No visit is open. Choose a shop on Today to begin.</source>
        <translation type="unfinished"></translation>
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
        <source>This visit has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>%1 · step %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VisitRail</name>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) open</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Arrived %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation type="unfinished"></translation>
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
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>拜访</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>_OpeningForm</name>
    <message>
        <source>Opening your data…</source>
        <translation>正在打开数据…</translation>
    </message>
</context>
</TS>
